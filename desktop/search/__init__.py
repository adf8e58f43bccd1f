"""Search: many networks trained side by side, and what they came to in pictures."""
