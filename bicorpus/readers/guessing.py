"""Which one-byte encoding a German or English text has, judged by what its letters then say.

The usual detectors weigh letter frequencies of dozens of languages; on a German headline with two
umlauts they answer with Turkish, Baltic or Chinese encodings. Here only German and English are
wanted, so each candidate is asked: are the characters beyond ASCII letters of German, where
letters stand, and quotes and dashes, where those stand? What none explains goes to
charset-normalizer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from string import ascii_letters
from unicodedata import category, name

# In the order of preference on equal evidence: what Windows writes; the same with "€" elsewhere;
# its neighbour for names of Central Europe; the old Macintosh; DOS.
CANDIDATES = ("cp1252", "iso8859_15", "cp1250", "mac_roman", "cp850")

_ASCII_LETTERS = frozenset(ascii_letters.encode())
_GERMAN_LETTERS = frozenset("äöüÄÖÜß")
_PRINT_MARKS = frozenset("„“”‚‘’–—…«»‹›€£§°·•©®™²³½¼¾´\xa0\xad")
_INSIDE_WORDS = frozenset("’‘´·–\xad")

# 5,000 characters beyond ASCII are the umlauts of some 40 pages: more evidence changes nothing.
_MOST_EVIDENCE = 5000


def guess_encoding(content: bytes) -> str | None:
    """Return the Python name of the likeliest encoding of `content`, None where there is none.

    `content` is neither ASCII nor UTF-8; the encoding returned decodes it without an error.
    """
    if _is_another_script(content):
        return _guess_any(content)
    best, best_score = None, -2.0
    for encoding in CANDIDATES:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        scores = list(islice(_scores(text), _MOST_EVIDENCE))
        mean = sum(scores) / max(1, len(scores))
        if mean > best_score:
            best, best_score = encoding, mean
    return best


def _is_another_script(content: bytes) -> bool:
    """Tell whether most letters are beyond ASCII: 2 of 100 are in German, 10 in Polish."""
    beyond = sum(byte > 0x7F for byte in content)
    return beyond > sum(map(_ASCII_LETTERS.__contains__, content))


def _scores(text: str) -> Iterator[float]:
    """Yield for each character beyond ASCII how well it fits where it stands, from -1 to 1."""
    padded = f" {text} "
    for position, char in enumerate(padded):
        if char <= "\x7f":
            continue
        before, after = padded[position - 1], padded[position + 1]
        if char in _PRINT_MARKS:
            # "Stra§e", "f„r": marks between letters are umlauts of another encoding.
            is_torn = before.isalpha() and after.isalpha() and char not in _INSIDE_WORDS
            yield -1.0 if is_torn else 0.5
        elif category(char) in {"Ll", "Lu"} and name(char, "").startswith("LATIN"):
            yield _letter_score(char, before, after)
        else:
            yield -1.0


def _letter_score(char: str, before: str, after: str) -> float:
    if char.isupper() and (before.islower() or (after.islower() and before.isalpha())):
        return -1.0  # "schšn" and "MŸnchen": capitals do not stand inside words
    if char.islower() and after.isupper():
        # "äAber": an opening quote. Only "ß" is written before capitals: "GROßE".
        return 0.5 if char == "ß" and before.isupper() else -1.0
    if not (before.isalpha() or after.isalpha()):
        return 0.0
    return 1.0 if char in _GERMAN_LETTERS else 0.5


def _guess_any(content: bytes) -> str | None:
    from charset_normalizer import from_bytes

    match = from_bytes(content[:1_000_000]).best()
    if match is None:
        return None
    try:
        content.decode(match.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return match.encoding
