"""How passages are grouped: flat groups, or a tree of branches from which topics are chosen."""
