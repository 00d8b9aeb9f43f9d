"""The sentence encoder of the starter model: MiniLM with small adapters, tuned on the codes."""
