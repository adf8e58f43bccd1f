"""Panels, bands, bars and pages that hold other widgets."""
