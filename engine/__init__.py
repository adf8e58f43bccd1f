"""The engine: ink, normalising, the network from scratch, training, data and model files.

It never imports Qt and runs without a screen. This file imports nothing, so that
``engine.preprocessing.ink`` costs
a window no start-up time; the modules that need PyTorch import it themselves.
"""
