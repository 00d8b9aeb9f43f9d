"""Pictures of pages to words, by tesseract. Runs inside the jail only, but for ``sizes``."""
