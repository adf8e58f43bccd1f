"""The main window: builds the panels and connects them."""
