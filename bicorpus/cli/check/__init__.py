"""`bicorpus check`: findings on pairs of lines."""
