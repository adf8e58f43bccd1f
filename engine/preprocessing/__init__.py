"""Preprocessing: from ink or a photograph to the 784 pixels that a network reads."""
