"""Lazy look-up of backends by name: nothing is imported until it is asked for.

The table is data; a wrong name is answered with the right ones, as a catalogue does.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import Any

from bicorpus.errors import SettingsError

BACKENDS: dict[str, dict[str, str]] = {
    "reader": {
        ".txt": "bicorpus.readers.text:TextReader",
        ".text": "bicorpus.readers.text:TextReader",
        ".md": "bicorpus.readers.text:TextReader",
        ".markdown": "bicorpus.readers.text:TextReader",
        ".html": "bicorpus.readers.html:HtmlReader",
        ".htm": "bicorpus.readers.html:HtmlReader",
        ".xhtml": "bicorpus.readers.html:HtmlReader",
        ".jsonl": "bicorpus.readers.jsonl:JsonlReader",
        ".ndjson": "bicorpus.readers.jsonl:JsonlReader",
    },
    "splitter": {
        "rules": "bicorpus.splitters.rules:RuleSplitter",
        "sentencex": "bicorpus.splitters.sentencex:SentencexSplitter",
    },
    "translator": {
        "argos": "bicorpus.translators.argos:ArgosTranslator",
        "argos-fast": "bicorpus.translators.argos:FastArgosTranslator",
        "argos-api": "bicorpus.translators.argos_api:ArgosApiTranslator",
        "argos-steerable": "bicorpus.translators.steering.decoder:SteerableArgos",
        "argos-fast-steerable": "bicorpus.translators.steering.decoder:FastSteerableArgos",
    },
    "embedder": {
        "folder": "bicorpus.embedders.folder:FolderEmbedder",
    },
    "wordaligner": {
        "simalign": "bicorpus.wordaligners.simalign:SimalignWordAligner",
    },
    "lemmatizer": {
        "hanta": "bicorpus.lemmatizers.hanta:HantaLemmatizer",
    },
    "executor": {
        "serial": "bicorpus.executors.serial:run_serially",
        "processes": "bicorpus.executors.processes:Processes",
    },
    "exporter": {
        "tsv": "bicorpus.exporters.tsv:TSV",
        "jsonl": "bicorpus.exporters.jsonl:JSONL",
        "tmx": "bicorpus.exporters.tmx:TMX",
        "xliff": "bicorpus.exporters.xliff:XLIFF",
        "xces": "bicorpus.exporters.xces:XCES",
        "moses": "bicorpus.exporters.moses:MOSES",
        "links": "bicorpus.exporters.links:LINKS",
        "parquet": "bicorpus.exporters.parquet:PARQUET",
    },
    "claim exporter": {
        "tsv": "bicorpus.exporters.claims_tsv:CLAIMS_TSV",
        "tmx": "bicorpus.exporters.claims_tmx:CLAIMS_TMX",
    },
    "importer": {
        "tmx": "bicorpus.importers.tmx:read_tmx",
        "xliff": "bicorpus.importers.xliff:read_xliff",
        "ttx": "bicorpus.importers.ttx:read_ttx",
        "tsv": "bicorpus.importers.table:read_tsv",
        "csv": "bicorpus.importers.table:read_csv",
        "jsonl": "bicorpus.importers.jsonl:read_jsonl",
        "moses": "bicorpus.importers.moses:read_moses",
        "xces": "bicorpus.importers.xces:read_xces",
        "ladder": "bicorpus.importers.ladder:read_ladder",
    },
}


def find_backend(seam: str, name: str) -> Any:
    """Return the class or function registered as `name` under `seam`.

    Raises SettingsError, naming the nearest and all known names, where there is none.
    """
    table = BACKENDS[seam]
    if name not in table:
        nearest = get_close_matches(name, table, n=1)
        guess = f'Did you mean "{nearest[0]}"? ' if nearest else ""
        raise SettingsError(
            f'There is no {seam} "{name}".', next_step=f"{guess}Known: {', '.join(table)}."
        )
    module, _, attribute = table[name].partition(":")
    return getattr(import_module(module), attribute)
