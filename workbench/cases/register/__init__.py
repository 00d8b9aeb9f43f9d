"""Recommendations of all reviews, each with theme, addressee, repetition and finding."""
