"""Coded passages: files of them, and how well a coder does on them."""
