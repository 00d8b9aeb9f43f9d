"""Learned models of the codebook's factors: fitted, stored, applied and described."""
