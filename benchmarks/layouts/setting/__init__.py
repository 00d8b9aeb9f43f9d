"""How it is set: fonts, lines, strips, tables and pages."""
