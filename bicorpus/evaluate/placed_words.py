"""Word links of an article against gold whose pairs are lines of tokens.

Each gold token is looked up in the article's texts; a predicted link stands for the gold tokens
that its two spans touch, so that other ways to cut words can be compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from bicorpus.counted import counted
from bicorpus.data import Article, Side, Span
from bicorpus.evaluate.gold import GoldWords
from bicorpus.evaluate.words import Link, WordLinks, WordScore, score_links

_INK = re.compile(r"\S")
_Token = tuple[int, int]
"""Number of the line, number of the token in it."""


def score_placed_words(
    name: str, gold: GoldWords, article: Article, notes: list[str]
) -> WordScore | None:
    """Compare the links of an article's beads with gold's; a pair that is not there is noted.

    A link from a gold pair to words of another pair is wrong; one from outside is not judged.
    """
    if article.target is None:
        return None
    source = _place(gold.source, article.source)
    target = _place(gold.target, article.target)
    missing = [
        line for line in range(len(gold.links)) if line not in source[1] or line not in target[1]
    ]
    if missing:
        notes.append(f"{name}: {counted(len(missing), 'pair')} of linked words not in the corpus.")
    found: dict[int, set[Link]] = defaultdict(set)
    for first, second in _links(article, article.target):
        others = _touched(second, target[0])
        for line, token in _touched(first, source[0]):
            partners = {other for other_line, other in others if other_line == line}
            # No token of its own line: a place that no gold link has, so that it counts as wrong.
            found[line] |= {(token, other) for other in partners or {-1 - second.start}}
    total = WordScore()
    for line, links in enumerate(gold.links):
        if line not in missing:
            made = frozenset(found[line])
            total += score_links(links, WordLinks(made, made))
    return total


def _links(article: Article, target: Side) -> list[tuple[Span, Span]]:
    """Return the links of all beads, as spans of the two documents."""
    found = []
    for bead in article.beads:
        if not (bead.links and bead.source and bead.target):
            continue
        first = article.source.sentences[bead.source.start].span.start
        second = target.sentences[bead.target.start].span.start
        found += [(link.source.shifted(first), link.target.shifted(second)) for link in bead.links]
    return found


def _place(lines: Sequence[Sequence[str]], side: Side) -> tuple[dict[int, _Token], set[int]]:
    """Return the token at each offset of the text, and the lines that are in it.

    Lines are looked for behind the one before, then anywhere: translators change the order.
    """
    ink = [(match.start(), match[0]) for match in _INK.finditer(side.document.text)]
    text = "".join(character for _, character in ink)
    tokens: dict[int, _Token] = {}
    present: set[int] = set()
    behind = 0
    for number, line in enumerate(lines):
        wanted = "".join(line)
        place = text.find(wanted, behind)
        if place < 0:
            place = text.find(wanted)
        if place < 0:
            continue
        present.add(number)
        behind = place + len(wanted)
        for index, token in enumerate(line):
            for offset, _ in ink[place : place + len(token)]:
                tokens[offset] = (number, index)
            place += len(token)
    return tokens, present


def _touched(span: Span, tokens: dict[int, _Token]) -> set[_Token]:
    return {tokens[offset] for offset in range(span.start, span.end) if offset in tokens}
