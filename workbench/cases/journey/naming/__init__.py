"""How a document names agencies: in full, in short, by its glossary, in lists."""
