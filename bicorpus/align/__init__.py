"""The thinking about pairs: which sentences translate each other, and how sure that is."""
