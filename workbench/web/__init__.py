"""Web services of the workbench; the only door to FastAPI."""
