"""The page on the seven levels, with the code that runs."""
