"""How fast training is, ours beside others': sections of ``python -m tests.benchmarks``."""
