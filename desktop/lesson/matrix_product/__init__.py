"""The page on the matrix product."""
