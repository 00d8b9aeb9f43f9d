"""Files that coders and other programs write, checked; every problem is listed with its line."""
