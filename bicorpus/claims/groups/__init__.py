"""Claims that report the same fact, over documents and both languages, and their conflicts."""
