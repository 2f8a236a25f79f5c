"""`bicorpus evaluate`: translations, beads, words and corpora against a reference."""
