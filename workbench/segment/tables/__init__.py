"""Tables: ruled, half ruled and merely aligned, to areas with rows of cells."""
