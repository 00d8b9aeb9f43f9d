"""What draws the set pages: a canvas with several drawing modes, and a browser."""
