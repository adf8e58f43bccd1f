"""The page on broadcasting."""
