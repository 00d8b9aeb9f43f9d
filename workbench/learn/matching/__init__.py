"""Which passage, coding and person of the system is which of the truth."""
