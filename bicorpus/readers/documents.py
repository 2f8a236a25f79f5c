"""The last step of every reader: from a text to a document, or to the reason why not."""

from __future__ import annotations

import re
from unicodedata import normalize

from bicorpus.data import Document, Language, Refusal
from bicorpus.errors import SettingsError
from bicorpus.readers.encoding import Decoded
from bicorpus.readers.language import READ_LANGUAGES, describe_language, detect_language

# Half: the language is likelier than all others together.
_LOWEST_CONFIDENCE = 0.5

# Below some 15 words a doubtful language is put down to the shortness of the text.
_FEW_LETTERS = 100

_SURROGATE = re.compile("[\ud800-\udfff]")


def check_language(language: Language | None) -> None:
    """Raise SettingsError unless `language` is None or one that bicorpus reads."""
    if language is not None and language not in READ_LANGUAGES:
        raise SettingsError(
            f'bicorpus does not read the language "{language}".',
            next_step=f"Known: {', '.join(READ_LANGUAGES)}.",
        )


def make_document(
    decoded: Decoded, *, origin: str, title: str = "", language: Language | None = None
) -> Document | Refusal:
    """Return the document with the decoded text, or a Refusal that says why it cannot be used.

    Without `language` it is detected. White space in the title is made single spaces.
    """
    text = normalize("NFC", decoded.text)
    title = " ".join(normalize("NFC", title).split())
    reason = _find_fault(text, title, language is not None) or ""
    if not reason and language is None:
        language, reason = _choose_language(text)
    if reason or language is None:
        return Refusal(origin, f'"{origin}" {reason}')
    return Document(language, text, origin, title, decoded.encoding, decoded.guessed)


def _find_fault(text: str, title: str, is_language_known: bool) -> str | None:
    if not text.strip():
        return "is empty." if not text else "holds nothing but white space."
    broken = _SURROGATE.search(text) or _SURROGATE.search(title)
    if broken:
        # Half of a character from beyond the basic plane: no UTF-8 file can hold it.
        code = f"\\u{ord(broken[0]):04x}"
        place = "its title"
        if broken.string is text:
            place = f"line {text.count(chr(10), 0, broken.start()) + 1} of its text"
        return f"holds half a character ({code}) in {place}. Repair the place and try again."
    if not is_language_known and not any(map(str.isalpha, text)):
        return (
            "holds no letter, so its language cannot be told. If it is wanted all the same, "
            "say --language de."
        )
    return None


def _choose_language(text: str) -> tuple[Language | None, str]:
    """Return the language of the text and "", or None and why it cannot be used."""
    guess = detect_language(text)
    is_certain = guess.confidence >= _LOWEST_CONFIDENCE
    if is_certain and guess.language in READ_LANGUAGES:
        return guess.language, ""
    if not is_certain and sum(map(str.isalpha, text)) < _FEW_LETTERS:
        return None, (
            "is too short to tell its language. If it is German, say --language de, "
            "and --language en if it is English."
        )
    if guess.language == "zxx" or guess.language in READ_LANGUAGES:
        return None, (
            "is in no language that can be told. If it is German, say --language de, "
            "and --language en if it is English."
        )
    return None, (
        f"is in {describe_language(guess.language)}, and bicorpus builds from German and English. "
        "If that is wrong, say --language de or --language en."
    )
