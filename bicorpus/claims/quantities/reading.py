"""Quantities in running text, by value: "1,5 Mio. Euro", "€1.5m", "1.5 million euros" are one.

A grammar over tokens: `digits`, `spelled`, `dates` and `times` read the figure itself, `bounds`
and `units` what stands round it. Words and forms are data, in the lists `quantity_*` of a language.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from bicorpus.claims.quantities.bounds import Bound
from bicorpus.claims.quantities.conversions import Measured, converted
from bicorpus.claims.quantities.drafts import Draft, read_drafts
from bicorpus.claims.quantities.implied import implied_values, month_names
from bicorpus.claims.quantities.numeral import Kind
from bicorpus.claims.quantities.tokens import Tokens
from bicorpus.data import Language, Span

_ROLES = {"von": "from", "from": "from", "auf": "to", "to": "to"}


@dataclass(frozen=True)
class Quantity:
    """A quantity: `span` with its bound and noun, `figure` without them.

    `value` is a plain number; ISO 8601 for dates and times ("2024-08", "--01", "14:30"); a
    decade's first year ("1850s"), a score ("4:1"), a label as it stands ("A380"); None for vague
    ones, whose word `vague` names ("dozens"). `unit` is a measure, a currency code, or the English
    plural of the counted noun where it is known. `soft` holds bounds that a good translation may
    have instead. `role` is "from" or "to" in "von 5 auf 7".
    """

    span: Span
    text: str
    figure: Span
    kind: Kind
    value: float | str | None
    bound: Bound = "exact"
    unit: str | None = None
    in_words: bool = False
    is_measure: bool = False
    vague: str | None = None
    part: str | None = None
    role: str | None = None
    soft: frozenset[Bound] = frozenset()
    is_sure: bool = True

    @property
    def figure_text(self) -> str:
        """The figure as it stands, without bound and noun."""
        return self.text[self.figure.start - self.span.start : self.figure.end - self.span.start]

    @cached_property
    def converted(self) -> Measured | None:
        """The value in the base unit of its dimension: 35 square miles as square metres.

        None where the unit is no measure that can be converted.
        """
        if not isinstance(self.value, float) or self.unit is None:
            return None
        return converted(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's quantities, the values that other words of it imply ("beide": 2), its months.

    `months` has the numbers ("05") of all names that may be of months, also in "Septemberfeier".
    """

    quantities: tuple[Quantity, ...]
    implied: frozenset[float] = frozenset()
    months: frozenset[str] = frozenset()


def find_quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """Return the quantities of `text` in order of place; no two overlap."""
    return read_quantities(text, language).quantities


# The checks, the score of a bead and a translator's second try ask for the same sentences.
@lru_cache(maxsize=512)
def read_quantities(text: str, language: Language) -> Reading:
    """Return the quantities of `text` and what else in it can stand for a number."""
    tokens = Tokens(text, language)
    drafts = read_drafts(tokens)
    quantities = tuple(_quantity(tokens, draft) for draft in drafts)
    figures = {
        index for draft in drafts for index in range(draft.numeral.first, draft.numeral.last)
    }
    return Reading(_with_roles(quantities), implied_values(tokens, figures), month_names(tokens))


def _quantity(tokens: Tokens, draft: Draft) -> Quantity:
    numeral = draft.numeral
    span = tokens.span(draft.first, draft.last)
    return Quantity(
        span,
        span.of(tokens.text),
        tokens.span(numeral.first, numeral.last),
        numeral.kind,
        numeral.value,
        draft.bound,
        draft.unit,
        in_words=numeral.in_words,
        is_measure=draft.is_measure,
        vague=numeral.vague.removesuffix("*") if numeral.vague else None,
        part=numeral.part,
        role=_ROLES.get(tokens.folded(draft.first - 1)),
        soft=draft.soft,
        is_sure=numeral.is_sure,
    )


def _with_roles(quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Keep "from" and "to" only where both stand side by side: "von 5 auf 7", not "von 5 Euro"."""
    kept = []
    for index, quantity in enumerate(quantities):
        near = quantities[max(0, index - 1) : index] + quantities[index + 1 : index + 2]
        partners = {other.role for other in near if other.kind == quantity.kind}
        wanted = {"from": "to", "to": "from"}.get(quantity.role or "")
        if quantity.role and wanted not in partners:
            quantity = replace(quantity, role=None)  # noqa: PLW2901 - the loop's own copy
        kept.append(quantity)
    return tuple(kept)
