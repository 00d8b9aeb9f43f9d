"""A second reader of PDFs: pdfplumber beside PDFium, for a check and for what PDFium refuses."""
