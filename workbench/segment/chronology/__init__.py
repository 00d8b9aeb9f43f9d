"""Dates as they are printed, and the entries of chronologies as dated events."""
