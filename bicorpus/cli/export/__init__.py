"""`bicorpus export`: a corpus in the formats of the field."""
