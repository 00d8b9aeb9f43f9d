"""Cases to findings: counts with intervals, and patterns."""
