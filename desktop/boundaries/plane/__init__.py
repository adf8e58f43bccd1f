"""The plane: points, and the regions that a model parts it into."""
