"""Learned models: figures, ablation, learning curve, the starter model."""
