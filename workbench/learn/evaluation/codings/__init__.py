"""Measures of codings: codes, what is said of them, and their scores."""
