"""What the reader made of the documents, beside their truth."""
