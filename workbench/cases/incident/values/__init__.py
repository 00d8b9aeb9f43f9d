"""What the sentences that tell of an incident say: how and where, when, who to whom."""
