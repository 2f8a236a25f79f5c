"""`bicorpus words`: word links of pairs of lines."""
