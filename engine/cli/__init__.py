"""The command line: train, evaluate, read and convert without a window."""
