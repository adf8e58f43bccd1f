"""Pictures in mini-batches: their order, standardised, and warped if asked to."""
