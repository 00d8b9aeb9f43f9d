"""Coded passages of other programs: from tables and REFI-QDA projects, anchored in our text."""
