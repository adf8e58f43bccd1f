"""The built-in handwriting: digits that the program writes itself."""
