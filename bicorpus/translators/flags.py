"""The flags a translation may carry: what was done, or what is wrong, a word each."""

from __future__ import annotations

EMPTY = "empty"
"""The line was empty, and so is its translation."""
PASSED = "passed-through"
"""The line holds no words to translate (symbols, figures, an address) and stands as it came."""
SPLIT = "split"
"""The sentence was longer than the model takes and went through in parts, cut at clauses."""
TRUNCATED = "truncated"
"""The decoder reached its limit before the sentence was done: the end is missing."""
REPETITION = "repetition"
"""The decoder fell into a loop, or said a word or a clause twice."""
COPIED = "copied"
"""The translation is the source, left untranslated."""
FIGURE = "figure"
"""A figure of the source is not in the translation."""
ADDRESS = "address"
"""A web or e-mail address of the source is not in the translation."""
RERANKED = "reranked"
"""A lower-ranked rendering was taken, because the first one had a defect and this one has not."""
AROUND = "around"
"""The text was translated around an address that did not pass through otherwise."""
NOTATION = "notation"
"""A figure that passed through in German notation was put into English notation."""
GLOSSARY = "glossary"
"""A term's rendering was changed, because a glossary has another one (see docs/steering.md)."""

REPAIRABLE = frozenset({REPETITION, COPIED, FIGURE, ADDRESS})
"""Defects for which another rendering is looked through."""
DEFECTS = REPAIRABLE | {TRUNCATED}
