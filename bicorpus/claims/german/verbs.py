"""German verbs: which words are finite, in what mood, and which verb a clause is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bicorpus.claims.german.lexicon import table_of
from bicorpus.claims.wording import Word

_STARTERS = frozenset({":", "–", "—", "-", ".", "!", "?", ";", "(", "•", "…", "..."})
_FIRST_PERSONS = frozenset({"ich"})
_NONFINITE = ("(INF)", "(PP)", "(IZU)")


@dataclass(frozen=True, slots=True)
class Finite:
    """What a finite form says: infinitive and mood (indicative, reported, unreal)."""

    lemma: str
    mood: str


def is_verb(word: Word) -> bool:
    """Return whether the tagger takes the word for a verb of any form."""
    return word.tag[:2] in {"VV", "VA", "VM"}


def is_nonfinite(word: Word) -> bool:
    """Return whether it is an infinitive or a participle."""
    return is_verb(word) and word.tag.endswith(_NONFINITE)


def is_infinitive(words: Sequence[Word], index: int) -> bool:
    """Return whether the word is an infinitive with zu, in one word or two."""
    if words[index].tag.endswith("(IZU)"):
        return True
    before = words[index - 1] if index else None
    return before is not None and before.tag == "PTKZU" and is_verb(words[index])


def finite_verbs(words: Sequence[Word]) -> list[int]:
    """Return the indices of the finite verbs, the tagger's slips that can be seen mended."""
    return [index for index in range(len(words)) if _is_finite(words, index)]


def _is_finite(words: Sequence[Word], index: int) -> bool:
    word = words[index]
    before = words[index - 1] if index else None
    if before is not None and before.tag == "PTKZU":
        return False
    if word.is_capital and not starts(words, index):
        # "Die Vorstöße der Ukraine stockten": HanTa takes "Vorstöße" for a verb.
        return False
    if word.tag.endswith(("(FIN)", "(IMP)")):
        return not _is_attributive(words, index)
    return word.folded in table_of("auxiliaries") and _is_missed(word)


def _is_missed(word: Word) -> bool:
    """Return whether an auxiliary's form can be nothing but finite, whatever its tag."""
    return word.folded in {"ist", "hat", "wird", "war", "wurde", "wurden", "hatte", "hatten"}


def starts(words: Sequence[Word], index: int) -> bool:
    """Return whether a capital letter at `index` says nothing: a sentence begins there."""
    if index == 0:
        return True
    before = words[index - 1]
    if before.text in _STARTERS:
        return True
    return words[index].quotation is not None and before.quotation != words[index].quotation


def _is_attributive(words: Sequence[Word], index: int) -> bool:
    """Return whether a "finite verb" stands between article and noun: "die verletzten Männer"."""
    if index == 0 or index + 1 >= len(words):
        return False
    before, after = words[index - 1], words[index + 1]
    is_noun = after.tag in {"NN", "NE"} or after.is_capital
    return before.tag in {"ART", "PPOSAT", "APPRART"} and is_noun and words[index].tag[:2] == "VV"


def read_finite(words: Sequence[Word], index: int) -> Finite:
    """Return infinitive and mood of the finite verb at `index`."""
    word = words[index]
    folded = word.folded
    row = table_of("auxiliaries").get(folded)
    near = {other.folded for other in words[max(0, index - 3) : index + 4]}
    if row is not None:
        lemma, mood = row
        if folded in {"habe", "werde"} and not near & _FIRST_PERSONS:
            mood = "reported"
        return Finite(lemma, mood)
    unreal = table_of("unreal").get(folded)
    if unreal is not None:
        return Finite(unreal[0], "unreal")
    lemma = word.lemma.lower()
    # "gebe", "bleibe": the stem of the infinitive and -e, which only the first person shares.
    # "handele": verbs in -eln and -ern lose an e in the infinitive.
    stem = lemma[:-1] + "e" if lemma.endswith(("eln", "ern")) else lemma[:-1]
    is_reported = folded.endswith("e") and folded == stem and not near & _FIRST_PERSONS
    return Finite(lemma, "reported" if is_reported else "indicative")
