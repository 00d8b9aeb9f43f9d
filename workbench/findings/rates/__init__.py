"""Cases against people, places and hours: rates, concentration, time."""
