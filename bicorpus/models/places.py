"""Where models lie: those that ship with bicorpus, and the Argos packages folder."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

from bicorpus.errors import ModelError

BROKEN_INSTALLATION = "Install bicorpus again: its own files are not complete."


def embedded_folder() -> Path:
    """Return the folder of the models that ship with bicorpus.

    In a wheel that is `bicorpus/embedded`, in a checkout `models` beside the package.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "embedded"
    return installed if installed.is_dir() else package.parent / "models"


def packages_folder() -> Path:
    """Return the folder of installed packages, found as argostranslate finds it.

    Order as in `argostranslate.settings`: the environment variable ARGOS_PACKAGES_DIR, the same
    key in its settings file, then `argos-translate/packages` in the user's data folder. It need
    not exist. Raises ModelError where the settings file cannot be read.
    """
    # Terminals that run inside a snap hand SNAP down to us, and argostranslate follows it.
    home = Path(os.environ["SNAP_USER_DATA"]) if "SNAP" in os.environ else Path.home()
    configuration = Path(os.environ.get("XDG_CONFIG_HOME", home / ".config"))
    named = os.environ.get("ARGOS_PACKAGES_DIR") or _argos_setting(
        configuration / "argos-translate" / "settings.json", "ARGOS_PACKAGES_DIR"
    )
    if named:
        return Path(named)
    data = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    return data / "argos-translate" / "packages"


def _argos_setting(path: Path, key: str) -> str | None:
    if not path.is_file():
        return None
    try:
        value = dict(json.loads(path.read_text("utf-8"))).get(key)
    except (OSError, ValueError, TypeError) as reason:
        raise ModelError(
            f'The settings of Argos Translate in "{path}" cannot be read: {reason}.',
            next_step="Correct the file, or delete it.",
        ) from reason
    return str(value) if value is not None else None


def load_manifest() -> list[dict[str, Any]]:
    """Return the entries of `manifest.toml`: one table a model that ships with bicorpus."""
    path = embedded_folder() / "manifest.toml"
    try:
        entries = tomllib.loads(path.read_text("utf-8"))["model"]
    except (OSError, ValueError, KeyError) as reason:
        raise ModelError(
            f'The list of embedded models "{path}" cannot be read: {reason}.',
            next_step=BROKEN_INSTALLATION,
        ) from reason
    return list(entries)
