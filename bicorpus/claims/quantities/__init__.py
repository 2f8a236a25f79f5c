"""Quantities by value, in running text, and whether those of two texts agree."""
