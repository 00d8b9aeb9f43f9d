"""PDF files to documents, pages and lines: the only door to pypdfium2 and pdfplumber."""
