"""Compounds with a hyphen, loosened: "Ukraine-Krieg" as "Ukraine Krieg".

A small vocabulary has few such compounds, and the decoder takes the hyphen for the end of what it
knows. The two words it may know.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_COMPOUND = re.compile(r"(?<![\w-])([A-ZÄÖÜ]\w{2,})-([A-ZÄÖÜ][a-zäöüß]{3,})(?![\w-])")


def loosened(text: str, is_name: Callable[[str], bool]) -> str:
    """Return German with blanks in compounds of two capitalised words, but not in names.

    Compounds of more words stand as they are: "Black-Lives-Matter-Demonstration".
    """
    return _COMPOUND.sub(
        lambda match: match.group() if is_name(match.group()) else f"{match[1]} {match[2]}", text
    )
