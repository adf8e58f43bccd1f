"""Data: where digits to learn from come from, and how mini-batches are made of them."""
