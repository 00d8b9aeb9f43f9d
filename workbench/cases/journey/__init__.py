"""Agencies, contacts and dated events of each case: who knew, when, and how long nobody did."""
