"""What the tables of elements of XML formats say about one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Element:
    """The rules for one element.

    `children` gives each allowed child its place in the order: a child never follows one of a
    later place. `needed` children occur at least once, `single` ones at most once. `holds_text`
    is false where only white space may stand between the children.
    """

    children: dict[str, int] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    needed: tuple[str, ...] = ()
    single: frozenset[str] = frozenset()
    holds_text: bool = False


def one_of(*choices: str) -> Callable[[str], object]:
    """Return the test of a value that is one of some words."""
    return choices.__contains__


def like(pattern: str) -> Callable[[str], object]:
    """Return the test of a value that a pattern fits as a whole."""
    return re.compile(pattern).fullmatch


LANGUAGE_TAG = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"
