"""Scores of what bicorpus makes against gold: segments, sentence boundaries."""
