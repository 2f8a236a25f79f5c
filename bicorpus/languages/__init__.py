"""Word lists, a folder a language: one entry a line, `#` starts a comment.

The first line of each file says where its entries come from.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from bicorpus.errors import SettingsError


@cache
def load_words(language: str, name: str) -> tuple[str, ...]:
    """Return the entries of `languages/<language>/<name>.txt` in file order.

    Raises SettingsError where the language or the list does not exist.
    """
    resource = files(__name__) / language / f"{name}.txt"
    if not resource.is_file():
        raise SettingsError(
            f'There is no word list "{name}" for the language "{language}".',
            next_step=f'Add the file "bicorpus/languages/{language}/{name}.txt".',
        )
    lines = (line.partition("#")[0].strip() for line in resource.read_text("utf-8").splitlines())
    return tuple(line for line in lines if line)
