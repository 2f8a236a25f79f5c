"""The golden files: one case a line, to be extended by linguists (see the head of each file)."""

from pathlib import Path

import pytest

from bicorpus.evaluate.boundaries import GoldenCase, read_golden
from bicorpus.splitters.rules import RuleSplitter

FOLDER = Path(__file__).resolve().parent.parent / "data" / "split"


def cases(language: str) -> list[object]:
    return [
        pytest.param(
            language,
            case,
            id=f"{language}-{case.line}-{case.phenomenon}",
            marks=[pytest.mark.xfail(reason=case.known_failure, strict=True)]
            if case.known_failure
            else [],
        )
        for case in read_golden(FOLDER / f"{language}_news.txt")
    ]


@pytest.mark.parametrize(("language", "case"), [*cases("de"), *cases("en")])
def test_case(language: str, case: GoldenCase) -> None:
    found = [span.of(case.text) for span in RuleSplitter().split(case.text, language)]
    assert found == [span.of(case.text) for span in case.spans]


@pytest.mark.parametrize(("language", "least"), [("de", 150), ("en", 30)])
def test_enough_cases_hold(language: str, least: int) -> None:
    golden = read_golden(FOLDER / f"{language}_news.txt")
    assert sum(not case.known_failure for case in golden) >= least


def test_reading_a_golden_file(tmp_path: Path) -> None:
    path = tmp_path / "golden.txt"
    path.write_text(
        "# head\n\n# --- first\nEins. | Zwei.|Drei.\n# xfail: a reason\nA\\u00a0b.\\n|C  | D\n",
        encoding="utf-8",
    )
    first, second = read_golden(path)
    assert (first.line, first.phenomenon, first.known_failure) == (4, "first", "")
    assert first.text == "Eins. Zwei.Drei."
    assert [span.of(first.text) for span in first.spans] == ["Eins.", "Zwei.", "Drei."]
    assert second.text == "A\u00a0b.\nC  D"
    assert [span.of(second.text) for span in second.spans] == ["A\u00a0b.", "C", "D"]
    assert second.known_failure == "a reason"
