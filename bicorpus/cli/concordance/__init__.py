"""`bicorpus concordance`: words and phrases in their context, in both languages."""
