"""Puts figures and quotation marks that passed through the decoder into English notation."""

from __future__ import annotations

import re

_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d]|[.,]\d)")
_DECIMAL = re.compile(r"(?<![\w.,])\d+,\d+(?![\d]|[.,]\d)")
_DATE = re.compile(r"(?<![\w.,])\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?![\d]|[.,]\d)")
_SWAP = str.maketrans(".,", ",.")
_QUOTES = str.maketrans({"„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "‚": "'", "‘": "'"})


def to_english_notation(source: str, target: str) -> str:
    """Return `target` with the German figures and quotes of `source` in English notation.

    Only what stands in the source letter by letter is touched: "1.000" becomes "1,000", "2,5"
    becomes "2.5"; a version or a date stays, and is a date again where the decoder took it for a
    figure ("25,5,2025"). Typographic quotes become straight ones, because
    the training texts mix all styles and a corpus should have one.
    """
    for figure in {*_THOUSANDS.findall(source), *_DECIMAL.findall(source)}:
        english = figure.translate(_SWAP)
        alone = re.compile(rf"(?<![\d.,]){re.escape(figure)}(?![\d]|[.,]\d)")
        # "1,250" in the source is a decimal; in the target it would be a thousand: swapped, too.
        if english not in target:
            target = alone.sub(english, target)
    for date in _DATE.findall(source):
        target = re.sub(rf"(?<![\d.,]){date.replace('.', ',')}(?!\d|[.,]\d)", date, target)
    return target.translate(_QUOTES)
