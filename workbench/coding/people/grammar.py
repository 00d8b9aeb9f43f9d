"""Questions of grammar that the words around a person answer."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.coding.people.memory import Mention
from workbench.coding.text.passage import Passage

ADJECTIVES_BEFORE_KIN = 2
OWN = frozenset({"'s", "’s"})
_MALE, _FEMALE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "herself"})
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "each", "his", "her", "their", "any"})
PREPOSITIONS = frozenset({"with", "to", "by", "of", "from", "for", "against", "about", "at", "in",
                          "on", "upon", "towards", "near", "without", "between", "over", "into",
                          "behind", "after", "before", "around", "through", "than", "like",
                          "regarding", "concerning", "beside"})  # fmt: skip
RELATIVE = frozenset({"who", "whose", "whom"})
_BEFORE_KIN = frozenset({"own", "younger", "older", "elder", "eldest", "youngest", "former", "late",
                         "previous", "earlier", "new", "then", "first", "second", "maternal",
                         "paternal", "little", "estranged", "current"})  # fmt: skip
#: What may follow "her" when it is an object ("hit her and") and no possessive ("her mother").
_AFTER_OBJECT = PREPOSITIONS | frozenset({
    "and", "or", "but", "when", "while", "because", "that", "if", "as", "until", "where", "who",
    "out", "up", "down", "off", "again", "twice", "once", "several", "repeatedly", "often", "away",
    "home", "alone", "there", "not", "was", "is", "had", "would", "could", "she", "he", "they",
    "so", "too", "being", "having", "a", "an", "the", "his", "three", "four", "many", "during",
    "since", "whilst", "which", "what", "how", "why", "also", "then", "more", "very", "back",
    "today", "daily", "every", "both", "all", "no", "any", "some", "going", "leave", "go", "do",
    "access", "money", "help", "support", "under", "unable", "able", "inside", "outside",
    "feel"})  # fmt: skip


def is_possessive(passage: Passage, lower: Sequence[str], position: int) -> bool:
    """Whether a pronoun is a possessive: "her mother", but "hit her and"."""
    word = lower[position]
    if word != "her":
        return word in {"his", "their"}
    following = position + 1
    if following >= len(lower) or not passage.same_part(position, following):
        return False
    if following in passage.after_commas or passage.sentence(position)[1] == following:
        return False
    return lower[following] not in _AFTER_OBJECT


def is_oblique(lower: Sequence[str], first: int) -> bool:
    """Whether a preposition stands before, with at most an article or possessive between."""
    for position in range(first - 1, max(0, first - 3) - 1, -1):
        word = lower[position]
        if word in PREPOSITIONS:
            return True
        if word not in DETERMINERS and word not in _BEFORE_KIN:
            return False
        if word == "then" and lower[position - 1] not in DETERMINERS:
            return False  # "by then she", but "to her then husband"
    return False


def possessor_of(
    lower: Sequence[str], position: int, mentions: Sequence[Mention]
) -> Mention | None:
    """Whose mother: the owner of "his", or the name before "'s"."""
    for back in range(1, ADJECTIVES_BEFORE_KIN + 2):
        if position - back < 0:
            return None
        word = lower[position - back]
        if word in OWN:
            owners = [m for m in mentions if m.last == position - back]
            return owners[0] if owners else None
        if word in {"his", "her", "their"}:
            owners = [m for m in mentions if m.first == position - back]
            return owners[0] if owners else None
        if word in {"the", "a", "an", "and", "of"}:
            return None
    return None


def pronoun_sex(word: str) -> str:
    """The sex that a pronoun tells, "" when none."""
    if word in _MALE:
        return "male"
    return "female" if word in _FEMALE else ""
