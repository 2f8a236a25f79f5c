"""Ways to apply a function to many items: one after the other, or in processes."""
