"""`bicorpus groups`: claims that report the same fact."""
