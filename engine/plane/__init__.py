"""The plane: points in it, by which one can see what a model does."""
