"""Packaging: what turns a clone into packages for Linux, Windows and macOS."""
