"""Sentence splitters: one backend a file, and the rules that ours is made of."""
