"""Agencies, contacts and dated events against the truth."""
