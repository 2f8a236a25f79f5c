"""Pairs the quantities of a text with those of its translation, and says what became of each."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bicorpus.claims.quantities.agreement import Agreement, Change, agree, date_fields
from bicorpus.claims.quantities.reading import Quantity, Reading
from bicorpus.claims.quantities.said import Sayings

Fate = Literal["kept", "changed", "lost", "added"]

# Quantities are compared with those at most so many places off: all of a sentence, and near ones in
# a table of thousands.
_REACH = 25
_ROUND = frozenset({
    "dozens", "hundreds", "thousands", "tens of thousands", "hundreds of thousands", "millions",
    "tens of millions", "hundreds of millions", "billions", "trillions",
})  # fmt: skip
_FAMILY = {
    "number": "number", "ordinal": "number", "date": "date", "decade": "date", "time": "time",
    "score": "time", "label": "label",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """What became of a quantity: kept, changed (in what), lost, or added; a sentence for people.

    `is_converted` marks a measure that stands in another unit, `is_looser` a date that has or lacks
    the year, or a score told from the other side.
    """

    fate: Fate
    source: Quantity | None
    target: Quantity | None
    changes: tuple[Change, ...] = ()
    message: str = ""
    is_converted: bool = False
    is_looser: bool = False


def match_quantities(source: Reading, target: Reading) -> tuple[QuantityMatch, ...]:
    """Return the fate of every quantity of both sides: source order, then what was added.

    Compared by value, units converted; then by bound and unit. A figure in digits may be in words
    on the other side, a value that is said twice may be said once, and a word may imply it.
    """
    here_says, there_says = Sayings(source), Sayings(target)
    pairs = _pair(source.quantities, target.quantities)
    partners = {there for there, _ in pairs.values()}
    lost = [here for here in range(len(source.quantities)) if here not in pairs]
    added = [there for there in range(len(target.quantities)) if there not in partners]
    repeated = {here for here in lost if there_says.says(source.quantities[here])}
    known = {there for there in added if here_says.says(target.quantities[there])}
    changed = _pair_changed(
        [(here, source.quantities[here], here in repeated) for here in lost],
        [(there, target.quantities[there], there in known) for there in added],
    )
    matches = []
    for here, quantity in enumerate(source.quantities):
        if here in pairs:
            there, agreement = pairs[here]
            partner = target.quantities[there]
            if agreement.is_looser and _say_both_years(quantity, partner, here_says, there_says):
                agreement = replace(agreement, is_looser=False)
            matches.append(_agreed(quantity, partner, agreement))
        elif here in changed:
            matches.append(_changed(quantity, target.quantities[changed[here]]))
        elif here in repeated or quantity.value == 1:
            matches.append(QuantityMatch("kept", quantity, None))
        else:
            message = f'"{quantity.figure_text}" is not in the target'
            matches.append(QuantityMatch("lost", quantity, None, message=message))
    taken = known | set(changed.values())
    for there in added:
        quantity = target.quantities[there]
        if there not in taken and quantity.value != 1:
            message = f'"{quantity.figure_text}" is not in the source'
            matches.append(QuantityMatch("added", None, quantity, message=message))
    return tuple(matches)


def _say_both_years(source: Quantity, target: Quantity, here: Sayings, there: Sayings) -> bool:
    """Return whether the year that one of two dates lacks stands elsewhere on its side."""
    if source.kind != "date":
        return False
    years = {date_fields(str(source.value))[0], date_fields(str(target.value))[0]} - {""}
    return all(float(year) in side.parts | side.numbers for year in years for side in (here, there))


def _pair(
    sources: Sequence[Quantity], targets: Sequence[Quantity]
) -> dict[int, tuple[int, Agreement]]:
    """Pair what agrees in value one to one: least changed first, then nearest in place."""
    found = []
    for here, there, distance in _neighbours(len(sources), len(targets)):
        agreement = agree(sources[here], targets[there])
        if agreement is not None:
            cost = len(agreement.changes), agreement.is_looser, distance
            found.append((cost, here, there, agreement))
    pairs: dict[int, tuple[int, Agreement]] = {}
    taken: set[int] = set()
    for _, here, there, agreement in sorted(found, key=lambda entry: entry[:3]):
        if here not in pairs and there not in taken:
            pairs[here] = there, agreement
            taken.add(there)
    return pairs


def _neighbours(sources: int, targets: int) -> Iterable[tuple[int, int, float]]:
    """Yield the index pairs to compare, with their distance: all, or near ones in tables."""
    for here in range(sources):
        middle = here * targets // sources
        for there in range(max(0, middle - _REACH), min(targets, middle + _REACH + 1)):
            yield here, there, abs(here / sources - there / targets)


def _agreed(source: Quantity, target: Quantity, agreement: Agreement) -> QuantityMatch:
    fate: Fate = "changed" if agreement.changes else "kept"
    message = ""
    if agreement.changes or agreement.is_converted or agreement.is_looser:
        message = describe(source, target, agreement.changes)
    return QuantityMatch(
        fate, source, target, agreement.changes, message, agreement.is_converted,
        agreement.is_looser,
    )  # fmt: skip


def _changed(source: Quantity, target: Quantity) -> QuantityMatch:
    change = _kind_of_change(source, target)
    return QuantityMatch("changed", source, target, (change,), describe(source, target, (change,)))


def _kind_of_change(source: Quantity, target: Quantity) -> Change:
    if source.kind == target.kind == "date":
        fields = zip(date_fields(str(source.value)), date_fields(str(target.value)), strict=True)
        is_detail = all(here == there or not (here and there) for here, there in fields)
        return "detail" if is_detail else "date"
    if _is_other_magnitude(source, target):
        return "magnitude"
    if Counter(_digits(source)) == Counter(_digits(target)):
        return "order"
    return "value"


def _is_other_magnitude(source: Quantity, target: Quantity) -> bool:
    """Return whether one value is the other times a power of ten."""
    one, other = source.value, target.value
    if not isinstance(one, float) or not isinstance(other, float) or one <= 0 or other <= 0:
        return bool(source.vague and target.vague)
    power = math.log10(one) - math.log10(other)
    return abs(power) > 0.5 and math.isclose(power, round(power), abs_tol=1e-9)


def _digits(quantity: Quantity) -> str:
    return "".join(c for c in quantity.figure_text if c.isdigit())


def _pair_changed(
    lost: list[tuple[int, Quantity, bool]], added: list[tuple[int, Quantity, bool]]
) -> dict[int, int]:
    """Pair what is left on both sides where one plausibly stands in the other's place.

    What the other side says elsewhere (the last item is true) has not changed, but for a date that
    a fuller one contains: "6. August 2024" became "August 2024".
    """
    found = []
    for here, source, source_is_said in lost[:_REACH]:
        for there, target, target_is_said in added[:_REACH]:
            is_date = source.kind == target.kind == "date"
            if (source_is_said and target_is_said) or (
                (source_is_said or target_is_said) and not is_date
            ):
                continue
            likeness = _likeness(source, target)
            if likeness is not None:
                found.append((-likeness, abs(here - there), here, there))
    changed: dict[int, int] = {}
    for _, _, here, there in sorted(found):
        if here not in changed and there not in changed.values():
            changed[here] = there
    return changed


def _likeness(source: Quantity, target: Quantity) -> int | None:
    """Return how much two quantities of unlike value look like one, or None where not at all."""
    if _FAMILY[source.kind] != _FAMILY[target.kind]:
        return None
    if source.vague or target.vague:
        return 1 if source.vague in _ROUND and target.vague in _ROUND else None
    has_same_unit = source.unit is not None and source.unit == target.unit
    if source.in_words != target.in_words and not has_same_unit:
        return None
    return (
        3 * has_same_unit
        + 2 * (source.in_words == target.in_words)
        + 3 * _is_other_magnitude(source, target)
        + 2 * (Counter(_digits(source)) == Counter(_digits(target)))
        + (source.kind == target.kind)
    )


def describe(source: Quantity, target: Quantity, changes: Sequence[Change]) -> str:
    """Return what became of a quantity: "11.000 (about) became 10,000 (over)"."""
    if "order" in changes and source.value == target.value:
        return f"{source.role} {source.figure_text} became {target.role} {target.figure_text}"
    verb = "became" if changes else "is written as"
    return f"{_shown(source, target)} {verb} {_shown(target, source)}"


def _shown(quantity: Quantity, other: Quantity) -> str:
    """Return the figure with its unit and bound where the other's are not the same."""
    text = quantity.figure_text
    if quantity.is_measure and quantity.unit != other.unit and not quantity.vague:
        text = f"{text} {quantity.unit}"
    has_bound = quantity.bound != other.bound and quantity.vague is None
    return f"{text} ({quantity.bound})" if has_bound else text
