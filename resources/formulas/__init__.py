"""The formulas of the lesson as pictures, and what renders them; not part of the installed program."""
