"""Settings: one frozen value that says how a corpus is built, and the environment we run in."""

from __future__ import annotations

import os
from dataclasses import dataclass

_QUIET = {
    # onnxruntime, behind argostranslate, calls home unless told not to; so do the hub clients.
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
    # Libraries that speak of their own accord write over our progress line.
    "TOKENIZERS_PARALLELISM": "false",
}

# What the translator (in this order) and the encoder that ship with the tool know.
EMBEDDED_LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the result of a build (and is in its signature), by names of backends.

    `encoder` is the model behind the word links; without `claims` there are neither links nor
    claims, only sentences and the checks that need no model. `glossary` has the paths of the
    glossaries that steer the translator; what they hold is in the signature, not where they are.
    """

    splitter: str = "rules"
    translator: str = "embedded"
    source_language: str = "de"
    target_language: str = "en"
    encoder: str = "embedded"
    claims: bool = True
    glossary: tuple[str, ...] = ()

    @property
    def translator_backend(self) -> tuple[str, str]:
        """The backend and the package: "argos-api:de_en" is ("argos-api", "argos:de_en").

        "fast" and "fast:NAME" are the direct engine, and take the beam's first rendering.
        """
        if self.translator == "fast":
            return "argos-fast", "embedded"
        if self.translator.startswith("fast:"):
            return "argos-fast", self.translator.removeprefix("fast:")
        if self.translator.startswith("argos-api:"):
            name = self.translator.removeprefix("argos-api:")
            is_named = name == "embedded" or name.startswith(("embedded:", "argos:")) or "/" in name
            return "argos-api", name if is_named else f"argos:{name}"
        if self.translator == "argos-api":
            return "argos-api", "embedded"
        return "argos", self.translator


def keep_quiet() -> None:
    """Switch off what libraries send home or print; called before any of them is imported."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
