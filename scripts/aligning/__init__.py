"""Fits and measures the sentence aligner: gold, the random field, the report."""
