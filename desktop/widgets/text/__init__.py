"""Texts: fonts, plain words, formulas, numbers, and what is spoken of them."""
