"""From files, folders and standard input to documents: one file format a module."""

from bicorpus.readers.sources import read_sources

__all__ = ["read_sources"]
