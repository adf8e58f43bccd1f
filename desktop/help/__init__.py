"""Help: pages about each part of the program, a list of all keys, and three steps for the first start."""
