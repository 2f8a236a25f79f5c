"""Bilingual term candidates: counted in a corpus, weighed against the language at large."""
