"""The names of a document's people: how they are printed, and which are one person's."""
