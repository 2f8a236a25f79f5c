"""The verb that a clause is about, with its particle: what is said, asked, denied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.lexicon import verbs_of, words_of
from bicorpus.claims.german.verbs import is_infinitive, is_nonfinite, read_finite
from bicorpus.claims.wording import Word

# Adverbs of two words whose second looks like a verb's particle.
_NO_PARTICLES = frozenset({("immer", "wieder"), ("nie", "wieder"), ("darüber", "hinaus")})


@dataclass(frozen=True, slots=True)
class Content:
    """The full verb of a clause: infinitive, place of the word, whether passive, its helpers."""

    lemma: str
    place: int
    helper: str | None = None
    is_passive: bool = False
    particle: str = ""


def read_content(words: Sequence[Word], clause: Clause) -> Content | None:
    """Return what the clause is about, None where it has no verb."""
    return content_of(words, clause.indices(), clause.verb)


def content_of(words: Sequence[Word], indices: Sequence[int], verb: int | None) -> Content | None:
    """Return the full verb among the words at `indices`, whose finite verb is at `verb`."""
    if verb is None:
        return None
    finite = read_finite(words, verb)
    if finite.lemma in words_of("helpers"):
        full = _nonfinite(words, indices, verb)
        if full is not None:
            word = words[full]
            lemma = _lemma(word)
            is_passive = finite.lemma in {"werden", "sein"} and word.tag in {"VV(PP)", "VV(FIN)"}
            return Content(lemma, full, finite.lemma, is_passive)
    particle = _particle(words, indices, verb)
    return Content((particle or "") + finite.lemma, verb, particle=particle or "")


def _lemma(word: Word) -> str:
    lemma = word.lemma.lower()
    if word.tag == "VV(FIN)" and word.folded.startswith("ge") and word.folded.endswith("t"):
        lemma = lemma.removeprefix("ge")
    if word.tag in {"VV(PP)", "VV(FIN)"} and lemma.endswith("t") and lemma.startswith("ge"):
        # HanTa leaves new verbs as they are: "getwittert".
        return lemma[2:-1] + ("n" if lemma.endswith(("ert", "elt")) else "en")
    if word.tag == "VV(IZU)" and "zu" in lemma and not lemma.endswith("n"):
        return lemma.replace("zu", "", 1)
    return lemma


def _nonfinite(words: Sequence[Word], indices: Sequence[int], verb: int) -> int | None:
    """Return the last full verb of the bracket: "hat … sagen wollen" is about saying."""
    found = None
    for index in indices:
        word = words[index]
        # Two "finite" verbs of one clause: HanTa takes "hatte … berichtet" for a present tense.
        if index == verb or not (is_nonfinite(word) or word.tag == "VV(FIN)") or word.is_capital:
            continue
        if word.tag[:2] == "VV" and not is_infinitive(words, index):
            found = index
    return found


def _particle(words: Sequence[Word], indices: Sequence[int], verb: int) -> str | None:
    for index in reversed(indices):
        if index > verb and _is_particle(words, index, indices):
            return words[index].folded
    return None


def _is_particle(words: Sequence[Word], index: int, indices: Sequence[int]) -> bool:
    """Return whether the word is a verb's particle; at the clause's end a preposition is one."""
    word = words[index]
    if word.folded not in words_of("particles"):
        return False
    if index and (words[index - 1].folded, word.folded) in _NO_PARTICLES:
        return False
    ends = index == indices[-1] or words[index + 1].is_mark
    return word.tag == "PTKVZ" or (ends and word.tag in {"APPR", "APZR", "ADV", "PTKA"})


def in_list(words: Sequence[Word], indices: Sequence[int], content: Content, name: str) -> bool:
    """Return whether the verb is in the list `claim_<name>`, its partner among the words."""
    table = verbs_of(name)
    bare = content.lemma
    if content.particle:
        bare = content.lemma.removeprefix(content.particle)
    written = {words[index].text for index in indices}
    written |= {text.lower() for text in written}
    for lemma in {content.lemma, bare}:
        for partner in table.get(lemma, ()):
            if partner is None:
                if lemma == content.lemma:
                    return True
            elif partner in written:
                return True
    return False
