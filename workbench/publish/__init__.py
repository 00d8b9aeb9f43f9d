"""Findings to the report folder and its tables."""
