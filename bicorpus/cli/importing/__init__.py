"""`bicorpus import`: translation memories and other corpora into one of ours."""
