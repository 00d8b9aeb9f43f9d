"""Whether a sentence that names an agency tells of a contact with the people of the case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.cases.journey.kinds import Kinds
from workbench.records import Person

#: Words for people of a case, beside their names.
_SOMEBODY = re.compile(
    r"\b(?:s?he|him|her|his|hers|herself|himself|mother|father|son|daughter|brother|sister|baby"
    r"|child(?:ren)?|boys?|girls?|family|parents?|patient|tenant|wife|husband|partner|couple"
    r"|(?:Mr|Mrs|Ms|Miss) [A-Z])\b",
    re.IGNORECASE,
)
#: Where another thing begins to be said: what is denied in one clause may be told in the next.
_CLAUSE = re.compile(r"[,;:–—]\s| (?:but|while|although|though|whereas|because|so that|and that)\s")
#: "was advised to ring the police": nobody says that she did.
_ONLY_ADVISED = re.compile(
    r"\b(?:advised|told|asked|encouraged|urged|threatened|afraid|unwilling|reluctant|refused|wanted"
    r"|able|free)\b[^.;,]{0,30}\bto (?:ring|call|contact|see|tell|approach|go to|speak to|report)"
    r"[^.;,]{0,20}$"
)
#: "Lantern's card", "the Trust's policy": theirs, but not they.
_OF_THEIRS = re.compile(
    r"^[’']s? (?:own )?(?:card|leaflet|policy|policies|procedures?|guidance|guidelines?|website)\b"
)


class ContactWords:
    """Tells contacts from what is law, training, advice or denied, in one document."""

    def __init__(self, kinds: Kinds, people: Iterable[Person]) -> None:
        self._kinds = kinds
        names = {name for person in people for name in (person.name, *person.aliases) if name}
        listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self._people = re.compile(rf"(?<!\w)(?:{listed})(?!\w)") if names else None

    def about_people(self, sentence: str) -> bool:
        """Whether a sentence says that somebody did something, or names people of the case."""
        return bool(
            _SOMEBODY.search(sentence)
            or self._kinds.contact.search(sentence)
            or (self._people and self._people.search(sentence))
        )

    def is_denied(self, text: str) -> bool:
        """Whether the words deny that there was a contact, or speak of what should be."""
        return bool(self._kinds.no_contact.search(text))

    def tells(self, sentence: str, start: int, end: int) -> bool:
        """Whether the agency named at ``[start:end]`` was in touch, in a sentence about people."""
        if _ONLY_ADVISED.search(sentence[:start]) or _OF_THEIRS.match(sentence[end:]):
            return False
        first, last = _clause_around(sentence, start, end)
        return not self.is_denied(sentence[first:last])


def _clause_around(sentence: str, start: int, end: int) -> tuple[int, int]:
    first, last = 0, len(sentence)
    for joint in _CLAUSE.finditer(sentence):
        if joint.end() <= start:
            first = joint.start()
        elif joint.start() >= end:
            last = joint.start()
            break
    return first, last
