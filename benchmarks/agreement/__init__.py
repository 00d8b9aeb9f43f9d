"""How far the figures of agreement can be trusted."""
