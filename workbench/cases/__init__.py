"""Codings to cases: linked reviews and the three-state roll-up."""
