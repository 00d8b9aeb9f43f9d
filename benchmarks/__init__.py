"""Measurements of the workbench."""
