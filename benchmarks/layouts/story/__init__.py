"""What the documents say: fictional text, blocks, sections and recipes."""
