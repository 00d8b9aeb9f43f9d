"""Segments to codings: phrases, proximity, assertion, person and time."""
