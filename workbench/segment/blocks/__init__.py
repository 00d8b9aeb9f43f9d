"""Printed lines to blocks: numbers, paragraphs, bullets, headings, table rows."""
