"""The store gives back what went in, and says what is wrong with a folder in a sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from bicorpus.data import (
    Article,
    Attribution,
    Bead,
    Claim,
    ClaimLink,
    Document,
    Figure,
    Finding,
    Name,
    Refusal,
    Segment,
    SegmentKind,
    Sentence,
    Side,
    Span,
    WordLink,
)
from bicorpus.errors import ProjectError
from bicorpus.store import Project
from bicorpus.store.database import APPLICATION_ID


def document(text: str = "Ein Satz. Noch einer.", origin: str = "a.txt") -> Document:
    return Document("de", text, origin, title="T", encoding="cp1252", encoding_guessed=True)


def article(source: Document) -> Article:
    german = Side(
        source,
        (Segment(Span(0, 21), SegmentKind.BODY, repeat=True),),
        (Sentence(1, Span(0, 9), 0), Sentence(2, Span(10, 21), 0)),
    )
    rendered = Document("en", "A sentence.", source.origin, title="T")
    english = Side(
        rendered, (Segment(Span(0, 11), SegmentKind.BODY),), (Sentence(1, Span(0, 11), 0),)
    )
    findings = (Finding("figure", "error", "„7“ fehlt", Span(0, 1), None),)
    links = (WordLink(Span(0, 3), Span(0, 1), 0.8712), WordLink(Span(4, 8), Span(2, 10), 1.0))
    beads = (
        Bead(Span(0, 1), Span(0, 1), True, 0.5, 0.25, ("split", "figure"), findings, links),
        Bead(Span(1, 2), Span(1, 1), True),
    )
    return Article(german, english, beads)


def with_claims(made: Article) -> Article:
    """Return the article with a claim a side and three links."""
    assert made.target
    quantities = (
        Figure(Span(0, 3), "number", 7.5, "about", "soldiers"),
        Figure(Span(4, 8), "date", "2024-08"),
        Figure(Span(4, 8), "number", None, "about"),
    )
    german = Claim(
        0,
        (Span(0, 3), Span(5, 9)),
        Attribution(Span(0, 3), None),
        "denied",
        hedged=True,
        quantities=quantities,
        names=(Name(Span(4, 8), "place"),),
    )
    english = Claim(0, (Span(0, 10),), Attribution(None, None), "asserted", negated=True)
    findings = (Finding("quantity", "error", 'about 7.5 | "over" 8', Span(0, 3), Span(2, 10)),)
    links = (
        ClaimLink(0, 0, (Span(0, 1), Span(2, 10)), "changed", 0.75, "a reason", findings),
        ClaimLink(0, None, (), "lost", None, "nothing carries it"),
        ClaimLink(None, 0, (Span(0, 10),), "added", None, "no source"),
    )
    return replace(
        made,
        source=replace(made.source, claims=(german,)),
        target=replace(made.target, claims=(english,)),
        claim_links=links,
    )


def without_finds(made: Article) -> Article:
    """Return the article with layers that were computed and are empty."""
    return replace(made, source=replace(made.source, claims=()), claim_links=())


@pytest.mark.parametrize(
    "kind",
    [article, lambda one: with_claims(article(one)), lambda one: without_finds(article(one))],
)
def test_what_goes_in_comes_out(tmp_path: Path, kind: Callable[[Document], Article]) -> None:
    made = kind(document())
    with Project(tmp_path / "c") as project:
        project.add(made.source.document)
        project.save(made, "s1")
    with Project(tmp_path / "c", writable=False) as project:
        assert list(project.articles()) == [made]


def test_the_same_text_adds_nothing(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        assert project.add(document()) == "added"
        assert project.add(document()) == "known"
        assert project.add(document(origin="b.txt")) == "duplicate"
        assert project.duplicates() == (("b.txt", "a.txt"),)
        assert project.count("documents") == 1


def test_a_changed_file_takes_the_place_of_its_old_text(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        project.add(document("Alt.", "a.txt"))
        project.add(document("Zwei.", "b.txt"))
        project.save(Article(Side(document("Alt.", "a.txt"), (), ())), "s1")
        assert project.add(document("Neu.", "a.txt")) == "replaced"
        assert [one.text for one in project.waiting_for("s1")] == ["Neu.", "Zwei."]


def test_two_texts_from_standard_input_are_two_documents(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        project.add(document("Eins.", "<stdin>"))
        assert project.add(document("Zwei.", "<stdin>")) == "added"


def test_waiting_are_new_failed_and_outdated_articles(tmp_path: Path) -> None:
    texts = ["Neu.", "Gut.", "Fehler.", "Veraltet."]
    with Project(tmp_path) as project:
        for text in texts:
            project.add(document(text, text))
        project.save(Article(Side(document("Gut.", "Gut."), (), ())), "s2")
        project.save(Article(Side(document("Fehler.", "Fehler."), (), ()), failure="weil"), "s2")
        project.save(Article(Side(document("Veraltet.", "Veraltet."), (), ())), "s1")
        assert [one.text for one in project.waiting_for("s2")] == ["Neu.", "Fehler.", "Veraltet."]
        assert project.failures() == (Refusal("Fehler.", "weil"),)


def test_a_refusal_ends_when_the_input_can_be_read(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        project.refuse(Refusal("a.txt", "empty"))
        assert project.refusals() == (Refusal("a.txt", "empty"),)
        project.add(document())
        assert project.refusals() == ()


def test_derived_files_are_current_until_something_changes(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        assert not project.derived_is_current
        project.add(document())
        project.mark_derived()
        assert project.derived_is_current
        project.add(document())
        assert project.derived_is_current
        project.refuse(Refusal("x", "y"))
        assert not project.derived_is_current


def test_a_cut_off_transaction_leaves_nothing(tmp_path: Path) -> None:
    made = article(document())
    broken = Article(
        made.source, made.target, (*made.beads, Bead(Span(0, 1), Span(0, 1), True, score="x" * 3))
    )  # type: ignore[arg-type]
    object.__setattr__(broken.beads[-1], "flags", (object(),))
    with Project(tmp_path) as project:
        project.add(made.source.document)
        with pytest.raises(TypeError):
            project.save(broken, "s1")
        assert list(project.articles()) == []
        assert project.count("sentences") == 0


def test_two_builds_on_one_folder(tmp_path: Path) -> None:
    with Project(tmp_path), pytest.raises(ProjectError, match="Another build is writing"):
        Project(tmp_path)
    with Project(tmp_path):
        pass


def test_no_corpus_there(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="There is no corpus in"):
        Project(tmp_path, writable=False)


def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "corpus.db").write_bytes(b"no database at all " * 100)
    with pytest.raises(ProjectError, match="is damaged"):
        Project(tmp_path)
    with Project(tmp_path / "other"):
        pass  # the lock of a failed attempt is not kept


def test_a_database_of_another_program(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "corpus.db")
    database.execute("CREATE TABLE x (y)")
    database.commit()
    database.close()
    with pytest.raises(ProjectError, match="of another program"):
        Project(tmp_path)


def test_a_corpus_made_by_a_newer_version(tmp_path: Path) -> None:
    with Project(tmp_path):
        pass
    database = sqlite3.connect(tmp_path / "corpus.db")
    database.execute("PRAGMA user_version = 999")
    database.close()
    for writable in (True, False):
        with pytest.raises(ProjectError, match="newer bicorpus"):
            Project(tmp_path, writable=writable)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ProjectError, match="cannot be written"):
        Project(tmp_path / "file")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(ProjectError, match="cannot be written"):
        Project(tmp_path / "c")


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        project.add(document())
        pages = project._database.execute("PRAGMA page_count").fetchone()[0]
        project._database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ProjectError, match="no space left"):
            project.add(document("Lang. " * 100_000, "b.txt"))
        assert project.count("documents") == 1


def test_a_reader_sees_one_state_while_a_build_writes(tmp_path: Path) -> None:
    with Project(tmp_path) as writer:
        writer.add(document())
        with Project(tmp_path, writable=False) as reader:
            assert reader.count("documents") == 1
            writer.add(document("Neu.", "b.txt"))
            assert reader.count("documents") == 1
        with Project(tmp_path, writable=False) as reader:
            assert reader.count("documents") == 2


def test_a_corpus_of_an_older_version_is_brought_up_to_date_by_readers(tmp_path: Path) -> None:
    script = (files("bicorpus.store") / "migrations" / "001_main_job.sql").read_text("utf-8")
    database = sqlite3.connect(tmp_path / "corpus.db")
    database.executescript(f"{script}; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;")
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute("INSERT INTO documents VALUES (1, 'x', 'de', '', 'a.txt', 'utf-8', 0, 'Ja.')")
    database.execute("INSERT INTO articles VALUES (1, 's1', NULL, 'en', 'Yes.')")
    database.execute("INSERT INTO beads VALUES (1, 1, 0, 0, 0, 0, 1, NULL, NULL, '')")
    database.commit()
    database.close()
    with Project(tmp_path, writable=False) as project:
        (found,) = project.articles()
    assert found.beads[0].links is None
    assert found.claim_links is None


def test_the_groups_of_one_document_are_its_part_of_all(tmp_path: Path) -> None:
    sources = [document(f"Ein Satz. Noch einer{end}", f"{end}.txt") for end in ".!?"]
    with Project(tmp_path) as project:
        for source in sources:
            project.add(source)
            project.save(article(source), "s")
        first, second, third = (one.id for one in sources)
        named = {(first, 0): "g1", (second, 0): "g1", (second, 3): "g2"}
        project.save_claim_groups({claim: (name, True) for claim, name in named.items()})
        assert project.claim_group_names(first) == {(first, 0): "g1"}
        assert project.claim_group_names(second) == {(second, 0): "g1", (second, 3): "g2"}
        assert project.claim_group_names(third) == {}
