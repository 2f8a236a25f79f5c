"""Finds and downloads packages of the Argos index, where there is a network.

argostranslate's own calls are not used for this: without a network its index call recurses for a
minute, and its download holds the file in memory, has no time limit and reports no progress.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from bicorpus.errors import ModelError
from bicorpus.models import version_key
from bicorpus.translators.package_archive import MAXIMUM_BYTES

Progress = Callable[[int, int | None], None]

_MAXIMUM_INDEX_BYTES = 16 << 20
_BLOCK = 1 << 18
_TIMEOUT_SECONDS = 20.0  # for each wait on the network, not for a whole download
_NETWORK_ERRORS = (URLError, http.client.HTTPException, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A package that the index offers, with the addresses that it can be had from."""

    source_language: str
    target_language: str
    version: str
    links: tuple[str, ...]


def find_in_index(
    address: str, source: str, target: str, *, version: str | None = None
) -> IndexEntry:
    """Return the newest entry of the index for a language pair, or that of `version`.

    `address` is the index's, as `argostranslate.settings` knows it. Raises ModelError where the
    index cannot be had, or offers no such package.
    """
    entries = _read_index(address, source, target)
    of_pair = [e for e in entries if (e.source_language, e.target_language) == (source, target)]
    if not of_pair:
        targets = sorted({e.target_language for e in entries if e.source_language == source})
        raise ModelError(
            f'The Argos index has no package from "{source}" to "{target}".',
            next_step=f'From "{source}" it has: {", ".join(targets) or "none"}.',
        )
    fitting = [entry for entry in of_pair if version in {None, entry.version}]
    if not fitting:
        versions = ", ".join(sorted({entry.version for entry in of_pair}, key=version_key))
        raise ModelError(
            f'The Argos index has no version "{version}" of "{source}_{target}".',
            next_step=f"It has: {versions}.",
        )
    return max(fitting, key=lambda entry: version_key(entry.version))


def _read_index(address: str, source: str, target: str) -> list[IndexEntry]:
    try:
        content = b"".join(_receive(address, _MAXIMUM_INDEX_BYTES, None))
    except _NETWORK_ERRORS as reason:
        raise ModelError(
            f'The Argos package index cannot be reached at "{address}": {_why(reason)}.',
            next_step=_by_hand(source, target),
        ) from reason
    try:
        return [
            IndexEntry(
                str(entry["from_code"]),
                str(entry["to_code"]),
                str(entry["package_version"]),
                tuple(entry["links"]),
            )
            for entry in json.loads(content)
            if entry.get("type", "translate") == "translate"
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as reason:
        raise ModelError(
            f'What lies at "{address}" is not an Argos package index.',
            next_step=f"Check ARGOS_PACKAGE_INDEX. {_by_hand(source, target)}",
        ) from reason


def download(entry: IndexEntry, path: Path, *, progress: Progress | None = None) -> None:
    """Write the package of `entry` to `path`, from the first of its addresses that works.

    Raises ModelError, with the reason for each address, where none does.
    """
    failures = []
    for link in entry.links:
        try:
            with path.open("wb") as file:
                for block in _receive(link, MAXIMUM_BYTES, progress):
                    file.write(block)
        except _NETWORK_ERRORS as reason:
            failures.append(f'"{link}": {_why(reason)}')
        else:
            return
    pair = f"{entry.source_language}_{entry.target_language}"
    raise ModelError(
        f'The package "argos:{pair}@{entry.version}" cannot be downloaded from '
        f"{'; '.join(failures) or 'anywhere: the index gives no address'}.",
        next_step=f"Try again. {_by_hand(entry.source_language, entry.target_language)}",
    )


def _receive(address: str, limit: int, progress: Progress | None) -> Iterator[bytes]:
    """Yield what `address` sends. Raises one of the network errors where it is not all there."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise ValueError("only http and https addresses are used")
    request = Request(address, headers={"User-Agent": "bicorpus"})  # noqa: S310 (checked above)
    with urlopen(request, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310 (checked above)
        length = response.headers.get("Content-Length")
        total = int(length) if length else None
        done = 0
        while block := response.read(_BLOCK):
            done += len(block)
            if done > limit:
                raise ValueError(f"it sends more than {limit} bytes")
            if progress is not None:
                progress(done, total)
            yield block
    # http.client ends a short answer read in blocks as if it were complete.
    if total is not None and done != total:
        raise ValueError(f"the connection was cut off after {done} of {total} bytes")


def _why(reason: Any) -> str:
    if isinstance(reason, HTTPError):
        return f"the server answers {reason.code} ({reason.reason})"
    if isinstance(reason, URLError):
        reason = reason.reason
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    return str(getattr(reason, "strerror", None) or reason or type(reason).__name__).rstrip(".")


def _by_hand(source: str, target: str) -> str:
    return (
        "Without a network here: on another machine download the Argos package from "
        f'"{source}" to "{target}" (a file "translate-{source}_{target}-VERSION.argosmodel"), '
        'bring it over, and run "bicorpus models install FILE".'
    )
