"""What each section is for, and which segments are recommendations."""
