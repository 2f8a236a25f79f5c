"""Whether the sides of a pair are in the languages that they ought to be in."""

from __future__ import annotations

# Below so many letters a guess at the language is no evidence. Of 800 runs of 100 letters of news,
# German and English, none was taken for another language with this confidence; lists of names are.
_FEWEST_LETTERS = 100
_CERTAIN = 0.9
_SAMPLE = 20_000


def wrong_languages(source: tuple[str, str, str], target: tuple[str, str, str]) -> str | None:
    """Return what is wrong with the languages of two sides, or None.

    A side is (name, language that it ought to be in, text). Only what is certain is wrong: a text
    that is too short to tell is taken to be in the language that was said.
    """
    found = _language(source[2]), _language(target[2])
    if source[1] != target[1] and found == (target[1], source[1]):
        return (
            f'The sides are swapped: "{source[0]}" is in "{found[0]}" and "{target[0]}" in '
            f'"{found[1]}"; the one in "{source[1]}" comes first.'
        )
    for (name, wanted, _), language in zip((source, target), found, strict=True):
        if language not in {None, wanted}:
            return f'"{name}" is in "{language}" and not in "{wanted}".'
    return None


def _language(text: str) -> str | None:
    """Return the language of a text where that is certain."""
    from bicorpus.readers.language import detect_language

    # From the middle: a file may begin with a licence or a title page.
    middle = max(len(text) // 2 - _SAMPLE // 2, 0)
    sample = text[middle : middle + _SAMPLE]
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    guess = detect_language(sample)
    return guess.language if guess.confidence >= _CERTAIN and guess.language != "zxx" else None
