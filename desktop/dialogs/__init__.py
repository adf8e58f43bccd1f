"""Dialogs: questions and sentences in windows of their own, as plain text."""
