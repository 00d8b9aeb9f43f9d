"""Which passages are recommendations, and whom they ask."""
