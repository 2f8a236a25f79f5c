"""The library sentencex on its own: the splitter of languages for which we have no rules."""

from __future__ import annotations

import re
from importlib.metadata import version

from bicorpus.data import Language, Span
from bicorpus.errors import InputError, SettingsError

# Those with rules of their own in sentencex 1.0.32. Any other code it splits as if it were
# English without a word, which must not pass for a result.
_CODES = (
    "am ar bg bn ca da de el en es fi fr gu he hi hy it ja kk kn ml mr my nl pa pl pt ru sk ta te "
    "uk ur zh"
)
_OTHER_SPACE = re.compile(r"[^\S\x00-\x7f]")
LANGUAGES = frozenset(_CODES.split())


class SentencexSplitter:
    """Sentence boundaries as sentencex finds them, white space trimmed."""

    def __init__(self) -> None:
        self.signature = f"sentencex-{version('sentencex')}"

    def split(self, text: str, language: Language) -> list[Span]:
        """Return the spans of the sentences of `text`, in code points, in order.

        Raises SettingsError for a language that sentencex has no rules for.
        """
        if language not in LANGUAGES:
            raise SettingsError(
                f'There is no sentence splitter for the language "{language}".',
                next_step=f"Known: {', '.join(sorted(LANGUAGES))}.",
            )
        return spans_between(text, _ends(text, language))


def _ends(text: str, language: Language) -> list[int]:
    from sentencex import get_sentence_boundaries

    # sentencex 1.0.32 panics at "A.\u00a0B." in German: it takes the space for one byte. A plain
    # space in place of each other one keeps the offsets.
    plain = _OTHER_SPACE.sub(" ", text)
    try:
        return [boundary["end_index"] for boundary in get_sentence_boundaries(language, plain)]
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # no subclass of Exception, not importable
            raise
        raise InputError(
            f'The library sentencex failed at a text that begins "{text[:40].strip()}": {error}.',
            next_step='Use the splitter "rules", or leave the text out.',
        ) from None


def spans_between(text: str, ends: list[int]) -> list[Span]:
    """Cut `text` at `ends` (ascending) and trim white space; empty stretches are left out."""
    spans = []
    start = 0
    for end in [*ends, len(text)]:
        content = text[start:end].strip()
        if content:
            begin = text.index(content[0], start)
            spans.append(Span(begin, begin + len(content)))
        start = max(start, end)
    return spans
