"""The letters network: its recipe, from a clone. The figures are in `resources/weights/README.md`."""
