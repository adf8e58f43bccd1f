"""MNIST: its files, where they come from, and the sets that are made of them."""
