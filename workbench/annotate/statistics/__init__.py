"""Coefficients of agreement from sums over documents: each can be resampled by document."""
