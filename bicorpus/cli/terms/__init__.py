"""`bicorpus terms`: terms checked, extracted, and compared over a corpus."""
