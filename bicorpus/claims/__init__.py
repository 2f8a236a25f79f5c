"""The thinking about claims: so far their quantities."""
