"""Word links: who goes with whom inside a pair of sentences, and how sure that is."""
