"""The page on the six levels, with the code that runs."""
