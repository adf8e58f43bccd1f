"""What is typed and chosen, and the keys for it."""
