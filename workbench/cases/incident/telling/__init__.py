"""Where a document tells of its incident, whom it names there, and which dates and hours."""
