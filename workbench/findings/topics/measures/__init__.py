"""Measures of topics beside their stability."""
