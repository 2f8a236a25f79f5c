"""Translators: the direct engine on an Argos package, and argostranslate's own API."""
