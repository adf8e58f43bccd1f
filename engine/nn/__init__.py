"""Neural networks from scratch, on PyTorch's tensors: this room knows nothing of digits, pens or files."""
