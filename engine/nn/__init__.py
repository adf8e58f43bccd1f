"""Neural networks from scratch, on PyTorch's tensors: this package knows nothing of digits, pens or files."""
