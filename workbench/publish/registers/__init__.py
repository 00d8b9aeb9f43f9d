"""Pages that list what cases say beside factors: one module for each page."""
