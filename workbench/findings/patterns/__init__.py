"""Patterns over many cases: pairs among like reviews, frequent sets, typologies."""
