"""Truth files and the evaluation of every stage against them."""
