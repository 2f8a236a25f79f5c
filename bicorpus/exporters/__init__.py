"""Derived files of a corpus: one format a module, all fed by the same stream of rows."""
