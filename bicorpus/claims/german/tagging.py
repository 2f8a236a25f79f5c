"""Mends tags that the spelling of German contradicts, before clauses are read from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bicorpus.claims.german.lexicon import table_of
from bicorpus.claims.german.verbs import starts
from bicorpus.claims.wording import Word

_NO_NOUNS = ("V", "ADV", "ADJ(D)", "PTK", "KO", "XY")
_POLITE = frozenset({"sie", "ihnen", "ihr", "ihre", "ihren", "ihrem", "ihrer", "du", "dich", "dir"})


def mend_tags(words: Sequence[Word]) -> list[Word]:
    """Return the words with names instead of capital "verbs": "sagte Blinken"."""
    return [_mended(words, index) for index in range(len(words))]


def _mended(words: Sequence[Word], index: int) -> Word:
    word = words[index]
    if word.tag in {"NNI", "NNA"}:
        return replace(word, tag="NN")
    if not word.is_capital or not word.tag.startswith(_NO_NOUNS) or word.folded in _POLITE:
        return word
    if not starts(words, index):
        return replace(word, tag="NE")
    return replace(word, tag="NE") if _is_name(words, index) else word


def _is_name(words: Sequence[Word], index: int) -> bool:
    """Return whether what begins the sentence is a name and no verb, by what stands behind it."""
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else None
    if following is None or word.tag[:2] != "VV":
        return False
    if word.tag == "VV(IMP)" and following.is_capital and len(words) > index + 2:
        # "Henk Meijer, Leiter des Werks": no command has its object and a comma behind it.
        return words[index + 2].text == ","
    if not following.tag.endswith("(FIN)"):
        return False
    # "Blinken sagte": an infinitive in front of a finite verb is a name or a noun.
    is_auxiliary = word.folded in table_of("auxiliaries")
    return word.tag == "VV(INF)" or not (is_auxiliary or word.folded.endswith(("t", "en")))
