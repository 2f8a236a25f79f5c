"""Pairs of documents or of lines, read and aligned: the work of `bicorpus align`."""
