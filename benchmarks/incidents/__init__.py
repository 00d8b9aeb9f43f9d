"""Incident facts and case states of real coroners' reports against what others coded."""
