"""What carries each claim of an article in its translation, and what became of it."""
