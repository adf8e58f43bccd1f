"""Widgets and looks that several rooms share."""
