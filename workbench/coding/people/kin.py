"""Groups of kinship words that mean the same to the rules."""

from __future__ import annotations

PARENTS = frozenset({"mother", "father", "mum", "dad", "parent", "stepfather", "step-father",
                     "stepmother"})  # fmt: skip
CHILDREN = frozenset({"son", "daughter", "stepson", "stepdaughter", "child", "baby"})
PARTNERS = frozenset({"husband", "wife", "partner", "boyfriend", "girlfriend", "fiancé"})
FORMER = frozenset({"ex-partner", "ex-husband", "ex-wife", "ex-boyfriend"})
SIBLINGS = frozenset({"brother", "sister", "half-brother", "half-sister", "sibling", "twin"})
#: How the children of a home are spoken of together.
ALL_CHILDREN = frozenset({"children", "boys", "girls", "siblings", "brothers", "sisters"})
