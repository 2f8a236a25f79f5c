"""Mends tags that the spelling of German contradicts, before clauses are read from them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from bicorpus.claims.german.lexicon import table_of, verbs_of
from bicorpus.claims.german.verbs import starts
from bicorpus.claims.wording import Word

_SAYING = ("saying", "speaking")
_SUBJECTS = frozenset(
    {"ART", "NN", "NE", "FM", "PPER", "PIS", "PIAT", "PPOSAT", "PDAT", "PDS", "CARD", "ADJ(A)"}
)
_NO_SUBJECTS = ("APPR", "KOUS", "KOUI", "PWAV", "KOKOM")
_NO_NOUNS = ("V", "ADV", "ADJ(D)", "PTK", "KO", "XY")
_POLITE = frozenset({"sie", "ihnen", "ihr", "ihre", "ihren", "ihrem", "ihrer", "du", "dich", "dir"})


def mend_tags(words: Sequence[Word]) -> list[Word]:
    """Return the words with names instead of capital "verbs": "sagte Blinken"."""
    return [_mended(words, index) for index in range(len(words))]


def _mended(words: Sequence[Word], index: int) -> Word:
    word = words[index]
    if word.tag in {"NNI", "NNA"}:
        return replace(word, tag="NN")
    if word.tag == "VV(PP)" and _is_present(words, index):
        return replace(word, tag="VV(FIN)")
    if word.tag == "ADJ(A)" and (past := _saying_past(words, index)):
        return replace(word, tag="VV(FIN)", lemma=past)
    if not word.is_capital or not word.tag.startswith(_NO_NOUNS) or word.folded in _POLITE:
        return word
    if not starts(words, index):
        return replace(word, tag="NE")
    return replace(word, tag="NE") if _is_name(words, index) else word


def _is_present(words: Sequence[Word], index: int) -> bool:
    """Return whether a participle is a present tense: "Die Polizei bestätigt, dass …".

    HanTa takes the form for a participle in front of a comma. A subject stands before it, no
    finite verb does, and behind the comma a clause begins that is not its own main clause.
    """
    if words[index].is_capital or not words[index].folded.endswith("t"):
        return False
    if index + 2 >= len(words) or words[index + 1].text != ",":
        return False
    first = index
    while first and not words[first - 1].is_mark:
        first -= 1
    begins = starts(words, first) or (first == index and index > 2)
    before = words[: index if first == index else first]
    is_waiting = first == 0 or starts(words, first) or not _has_main_verb(before)
    head = words[first]
    is_subject = first == index or head.tag in {*_SUBJECTS, "ADV"} or head.is_capital
    if not (begins and is_waiting and is_subject) or head.tag.startswith(_NO_SUBJECTS):
        return False
    if any(word.tag.endswith("(FIN)") for word in words[first:index]):
        return False
    behind = list(itertools.takewhile(lambda word: not word.is_mark, words[index + 2 :]))
    if not behind or behind[0].tag.endswith("(FIN)"):
        return False
    return behind[0].tag in {"KOUS", "PWAV", "PWS"} or any(
        word.tag.endswith(("(FIN)", "(IZU)")) or word.tag == "PTKZU" for word in behind
    )


def _has_main_verb(words: Sequence[Word]) -> bool:
    """Return whether the stretch that begins the sentence has its finite verb."""
    opening = itertools.takewhile(lambda word: not word.is_mark, words)
    return any(word.tag.endswith("(FIN)") for word in opening)


def _saying_past(words: Sequence[Word], index: int) -> str | None:
    """Return the infinitive of a past of saying behind a quotation, None for an adjective.

    „…“, erklärte Ministerin Ott: HanTa takes it for "die erklärte Ministerin".
    """
    word = words[index]
    before = next((each for each in reversed(words[:index]) if not each.is_mark), None)
    if before is None or before.quotation is None or before.quotation == word.quotation:
        return None
    for ending in ("ete", "eten", "te", "ten"):
        infinitive = word.folded.removesuffix(ending) + "en"
        if word.folded.endswith(ending) and any(infinitive in verbs_of(name) for name in _SAYING):
            return infinitive
    return None


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
