"""Training on a graphics card, ours beside others': ``python -m tests.benchmarks.speed gpu``."""
