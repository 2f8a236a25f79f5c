"""The thinking about claims: finding them, their quantities and names, pairs, verdicts, groups."""
