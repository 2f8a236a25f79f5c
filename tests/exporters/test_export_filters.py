"""The filter language: what it lets pass, what it says where it is wrong, what it counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.data import Finding
from bicorpus.errors import SettingsError
from bicorpus.exporters.filter_fields import BEAD_FIELDS, CLAIM_FIELDS
from bicorpus.exporters.filters import read_filter
from bicorpus.exporters.rows import ArticleRows, BeadRow
from bicorpus.exporters.selection import Selection


@pytest.fixture(scope="module")
def row(rows) -> BeadRow:
    """A body row with score 0.5, translation score 0.25, type 1-2, two findings and a flag."""
    return replace(
        rows[0],
        kind="body",
        shape="1-2",
        score=0.5,
        translation_score=None,
        origin="news/2024/a file.txt",
        document="0a1b2c3d4e5f6071",
        source_text="zwei Wörter",
        target_text="just three words.....",
        flags=("long", "passed-through"),
        findings=(
            Finding("figure", "error", '"5" is lost'),
            Finding("length", "warning", "too long"),
        ),
    )


@pytest.mark.parametrize(
    ("expression", "passes"),
    [
        ("score>=0.5", True),
        ("score > 0.5", False),
        ("score<=.5", True),
        ("score<0.5", False),
        ("score=0.5", True),
        ("score==5e-1", True),
        ("score!=0.5", False),
        ("score:0.5", True),
        ("score:none", False),
        ("score!=none", True),
        # What was not computed meets no comparison, in either direction.
        ("translation_score>=0", False),
        ("translation_score<=1", False),
        ("translation_score!=0.3", False),
        ("translation_score:none", True),
        ("not translation_score:none", False),
        ("kind:body", True),
        ("kind=headline", False),
        ("kind!=headline", True),
        ("type:1-2", True),
        ("type:1:2", True),
        ("type:1-*", True),
        ("type:?-1", False),
        ("origin:news/*", True),
        ("origin:news", False),
        ("origin:*.TXT", False),
        ('origin:"news/2024/a file.txt"', True),
        ("origin:'*a file*'", True),
        ("document:0a1b*", True),
        ("flag:long", True),
        ("flag:passed-through", True),
        ("flag:lon", False),
        ("flag!=long", False),
        ("flag!=copied", True),
        ("finding:figure and finding:length", True),
        ("finding:negation", False),
        ("severity:error", True),
        ("severity:info", False),
        ("severity!=info", True),
        ("source_characters=11", True),
        ("target_characters>21", False),
        ("source_words=2", True),
        ("target_words=3", True),
        ("ratio>1.9 and ratio<1.91", True),
        ("not score<0.5", True),
        ("not not score<0.5", False),
        ("NOT kind:list AND score>0", True),
        # "and" binds tighter than "or"; "not" tighter than both.
        ("score>1 and kind:body or flag:long", True),
        ("score>1 and (kind:body or flag:long)", False),
        ("not score>1 and kind:list", False),
        ("not (score>1 and kind:list)", True),
        ("not (score>1 or kind:body)", False),
        (" ( kind:body )and(score>0) ", True),
    ],
)
def test_filter(expression, passes, row):
    assert (not read_filter(expression).unmet(row)) == passes


def test_ratio_of_an_empty_source_is_not_computed(row):
    assert read_filter("ratio>0").unmet(replace(row, source_text=""))
    assert not read_filter("ratio:none").unmet(replace(row, source_text=""))


@pytest.mark.parametrize(
    ("expression", "column", "says"),
    [
        ("scor>=0.8", 1, 'no field "scor".*Did you mean "score"? Known fields: score, transl'),
        ("kind:body and orgin:x", 15, 'Did you mean "origin"?'),
        ("kind:bdy", 6, '"kind" is never "bdy", only one of: headline,'),
        ("severity:fatal", 10, "only one of: info, warning, error"),
        ("score>= high", 9, 'is compared with a number, and "high" is none'),
        ("score>=none", 8, 'is compared with a number, and "none" is none'),
        ("kind > body", 6, 'compared with ":" or "!=", not with ">"'),
        ("type:one", 6, '"type" is never "one", but such as "1-2"'),
        ("score", 6, 'a comparison is missing after "score"'),
        ("score>=", 8, 'a value for "score" is missing'),
        ("kind:body score>1", 11, '"and" or "or" is missing before "score"'),
        ("origin:my file.txt", 11, 'stands in quotes: origin:"my file.txt'),
        ("kind:body and", 14, "a condition is missing at its end"),
        ("", 1, "a condition is missing at its end"),
        ("and kind:body", 1, 'a condition is missing instead of "and"'),
        ("(kind:body", 1, "this bracket is not closed"),
        ("kind:body)", 10, "this bracket closes none"),
        ("(kind:body flag:long)", 12, '"and", "or" or ")" is missing before "flag"'),
        ("()", 2, 'a condition is missing instead of ")"'),
        ('origin:"my file', 8, "this quote is not closed"),
        (">0.5", 1, 'a condition is missing instead of ">"'),
        ("(" * 60 + "kind:body" + ")" * 60, 51, "more than 50 levels"),
        ("not " * 60 + "kind:body", 201, "more than 50 levels"),
    ],
)
def test_errors_point_at_the_column(expression, column, says):
    with pytest.raises(SettingsError) as caught:
        read_filter(expression)
    text = str(caught.value).replace("\n", " ")
    assert text.startswith(f"Column {column} of the filter: ")
    assert all(part in text for part in says.split(".*"))
    shown, pointer = str(caught.value).splitlines()[1:3]
    assert shown == f"  {expression}"
    assert pointer.index("^") == column + 1


def test_every_field_is_in_the_documentation(root):
    page = (root / "docs" / "formats.md").read_text("utf-8")
    assert [name for name in (*BEAD_FIELDS, *CLAIM_FIELDS) if f"`{name}`" not in page] == []


CONDITIONS = st.sampled_from(
    ["score>0.4", "score>0.6", "kind:body", "kind:list", "flag:long", "finding:none-such"]
)
EXPRESSIONS = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        inner.map(lambda one: f"not {one}"),
    ),
    max_leaves=8,
)


@given(expression=EXPRESSIONS)
def test_filter_means_what_python_means(expression, row):
    meaning = expression
    for condition in ("score>0.4", "score>0.6", "kind:body", "kind:list", "flag:long"):
        meaning = meaning.replace(condition, str(not read_filter(condition).unmet(row)))
    meaning = meaning.replace("finding:none-such", "False")
    unmet = read_filter(expression).unmet(row)
    assert (not unmet) == eval(meaning)
    # Every reason is a condition that the row does not meet when it stands alone.
    assert all(read_filter(one.text).unmet(row) for one in unmet)


def test_selection_counts_reasons(row):
    good = replace(row, findings=(), score=0.9)
    table = [
        good,
        replace(good, score=0.1),
        replace(good, score=0.2, target_text=" "),
        replace(row, score=0.9),
        replace(row, score=None),
    ]
    selection = Selection(
        read_filter("score>=0.5 and not finding:figure and not flag:copied"), needs=("target",)
    )
    kept = [one for part in selection.keep([articles(table)]) for one in part.rows]
    assert kept == [good]
    assert (selection.rows, selection.kept, selection.left_out) == (5, 1, 4)
    assert dict(selection.reasons) == {
        "score>=0.5": 3,
        "not finding:figure": 2,
        "not flag:copied": 0,
        "the target side is empty": 1,
    }
    assert dict(selection.only) == {
        "score>=0.5": 1,
        "not finding:figure": 1,
        "not flag:copied": 0,
        "the target side is empty": 0,
    }
    assert selection.alone == selection.reasons
    assert selection.unseen == (("flag", "copied"),)


def test_what_a_condition_drops_alone_counts_rows_that_pass_by_another(row):
    selection = Selection(read_filter("score>=0.9 or kind:body"))
    assert len(list(selection.keep([articles([row])]))) == 1
    assert selection.left_out == 0
    assert dict(selection.alone) == {"score>=0.9": 1, "kind:body": 0}


def test_reasons_of_a_rejected_row_name_all_and_show_what_it_has(row):
    selection = Selection(
        read_filter("translation_score>=0.5 and (kind:list or not finding:figure) and score>0"),
        needs=("source",),
    )
    (rejected,) = selection.reject([articles([replace(row, source_text="")])])
    assert rejected.reasons == (
        "translation_score>=0.5 (not computed)",
        "kind:list (body)",
        "not finding:figure (figure length)",
        "the source side is empty",
    )
    assert (
        list(selection.reject([articles([replace(row, translation_score=1.0, kind="list")])])) == []
    )


def test_documents_without_rows_go_with_a_filter_and_stay_without(row):
    empty, full = articles([]), articles([row])
    assert list(Selection().keep([empty, full])) == [empty, full]
    selection = Selection(read_filter("kind:body"))
    assert list(selection.keep([empty, full])) == [full]
    assert (selection.documents, selection.documents_left_out) == (1, 1)


def articles(table: list[BeadRow]) -> ArticleRows:
    return ArticleRows(None, tuple(table))  # type: ignore[arg-type] - rows alone matter here
