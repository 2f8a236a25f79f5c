"""A glossary steers the translator: what is tried, what is kept, what is recorded."""
