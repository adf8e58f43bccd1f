"""Values on both sides of zero, painted: two colours that grow from the middle, their legend, and lines."""
