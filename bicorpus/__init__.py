"""bicorpus: German-English parallel corpora that a person can trust, built offline."""

__version__ = "0.1.0"
