"""What the models see of a text: sentences, words, embeddings, rules and surroundings."""
