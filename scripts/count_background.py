"""Counts the lemmas of running text for bicorpus/languages/<code>/term_background.txt.

    python scripts/count_background.py de "SOURCE COMMENT" FILE.tsv.xz:60000 FILE.jsonl.xz ...

A file is German-English text in two columns (.tsv, .tsv.xz), objects with a "text" (.jsonl,
.jsonl.xz), or plain text; ":N" takes its first N lines. The tagger is the one that `terms extract`
uses, so that the lemmas are the same. Only text whose licence allows it goes in: name it in the
comment.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bicorpus.lemmatizers.hanta import HantaLemmatizer
from bicorpus.splitters.rules import RuleSplitter
from bicorpus.terms.candidates.words import MARK, read_words

MOST = 30_000
SIDES = {"de": 0, "en": 1}


def sentences(name: str, language: str) -> Iterator[str]:
    """Yield the sentences of a file's side in `language`."""
    path, _, most = name.partition(":")
    opened = lzma.open if path.endswith(".xz") else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in islice(file, int(most) if most else None):
            if ".tsv" in path:
                yield line.rstrip("\n").split("\t")[SIDES[language]]
            else:
                text = json.loads(line)["text"] if ".jsonl" in path else line
                for span in RuleSplitter().split(text, language):
                    yield span.of(text)


def main() -> None:
    """Write the list to standard output."""
    language, comment, *files = sys.argv[1:]
    tagger = HantaLemmatizer()
    counts: Counter[str] = Counter()
    total = 0
    for name in files:
        for sentence in sentences(name, language):
            for word in read_words(sentence, language, tagger.tag):
                if word.kind != MARK:
                    total += 1
                    counts[word.key] += word.text[0].isalpha()
        print(Path(name).name, total, file=sys.stderr)
    print(f"# {comment} Lemma, tab, count; * is the number of words counted.")
    print(f"*\t{total}")
    clean = ((lemma, count) for lemma, count in counts.items() if "#" not in lemma)
    for lemma, count in sorted(clean, key=lambda one: (-one[1], one[0]))[:MOST]:
        print(f"{lemma}\t{count}")


if __name__ == "__main__":
    main()
