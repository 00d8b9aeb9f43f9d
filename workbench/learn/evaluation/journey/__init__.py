"""Dated events and agencies against the truth."""
