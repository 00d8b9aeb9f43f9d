"""Facts of the incident: method, place, time, relationship, each with the words that say it."""
