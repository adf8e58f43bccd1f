"""The reading: what the network makes of the pad, live."""
