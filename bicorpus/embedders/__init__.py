"""Backends that put sentences and words of either language into one space of vectors."""
