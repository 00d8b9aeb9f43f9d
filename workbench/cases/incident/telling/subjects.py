"""Who is who when harm is told: whom the review is about, who did it, and everybody else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workbench.records import Person, SubjectRole

_KIN = (
    r"mother|father|mum|dad|brother|sister|half-brother|half-sister|son|daughter|uncle|aunt"
    r"|grandmother|grandfather|gran|nan|grandson|grandparents?|cousin|husband|wife|partner|friend"
    r"|boyfriend|girlfriend|neighbour|nurse|officer|worker|reviewer|parents?|baby|colleague|man"
    r"|woman|men|women|boy|girl|teenagers?|resident"
)
OTHER = re.compile(
    rf"\b(?:(?i:his|her|their|a|an|the|another|whose) (?:own |late |older |younger |former "
    rf"|maternal "
    rf"|paternal )*(?:{_KIN})|review [A-Z]\b|[A-Z]\w+['\u2019]s (?:{_KIN}))\b"
)
_PRONOUN = re.compile(r"\b(?:he|she|him|her|they|who|both)\b", re.IGNORECASE)
_THE_ONE = re.compile(
    r"\b(?:the (?:deceased|victims?|young (?:person|man|woman)|child(?:ren)?|baby|infant|couple))\b"
    r"|\b(?:both (?:children|victims|of them))\b", re.IGNORECASE,
)  # fmt: skip
#: Who is somebody's son has a mother or a father.
_CONVERSE = {
    "son": ("mother", "father", "parents"), "daughter": ("mother", "father", "parents"),
    "mother": ("son", "daughter", "baby", "child"), "father": ("son", "daughter", "baby", "child"),
    "brother": ("brother", "sister"), "sister": ("brother", "sister"), "husband": ("wife",),
    "wife": ("husband",), "grandson": ("grandmother", "grandfather"), "friend": ("friend",),
}  # fmt: skip
_NEVER = re.compile(r"(?!)")
HARMED = (SubjectRole.VICTIM, SubjectRole.DECEASED)


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a document by their part in its incident, with a pattern for their names."""

    harmed: tuple[Person, ...]
    harming: tuple[Person, ...]
    others: tuple[Person, ...]
    is_part: bool = False  # the text is a part of a review that is about one person
    names_harmed: re.Pattern[str] = field(init=False)
    names_harming: re.Pattern[str] = field(init=False)
    names_others: re.Pattern[str] = field(init=False)
    called: tuple[str, ...] = field(init=False)  # kinship words for the harmed

    def __post_init__(self) -> None:
        for name, people in (
            ("names_harmed", self.harmed),
            ("names_harming", self.harming),
            ("names_others", self.others),
        ):
            object.__setattr__(self, name, _pattern(people))
        object.__setattr__(self, "called", tuple(sorted(set(self._called()))))

    def _called(self) -> Iterator[str]:
        for person in (*self.harming, *self.others):
            kin, _, whose = person.relation.partition(" of ")
            if self.names_harmed.search(whose):
                yield from _CONVERSE.get(kin.split()[-1].lower() if kin else "", ())

    @classmethod
    def of(cls, people: Sequence[Person], only: str = "") -> Cast:
        """The parts in the incident: victims and deceased, or else the children it is about.

        Args:
            people: Of the document.
            only: Id of the one subject whose incident is looked for; the others are others then.
        """
        harmed = [person for person in people if person.role in HARMED]
        if not harmed:
            harmed = [person for person in people if person.role is SubjectRole.INDEX_CHILD]
        if only:
            harmed = [person for person in people if person.person_id == only]
        harming = [person for person in people if person.role is SubjectRole.PERPETRATOR]
        rest = [person for person in people if person not in harmed and person not in harming]
        return cls(tuple(harmed), tuple(harming), tuple(rest), is_part=bool(only))

    @property
    def kin_of_harmed(self) -> re.Pattern[str]:
        """Words by which others may call whom the review is about: "his mother" of her son."""
        return (
            re.compile(
                rf"\b(?:his|her|their) (?:own )?(?:{'|'.join(self.called)})\b", re.IGNORECASE
            )
            if self.called
            else _NEVER
        )

    def is_harmed(self, text: str, start: int, end: int, before: str = "") -> float:
        """How likely it is (0-1) that harm named at a place came to whom the review is about.

        Args:
            text: A sentence.
            start: Where the words of harm begin.
            end: Where they end.
            before: The sentence before it, to which a pronoun may point.
        """
        subject = self.nearest(text[:start])
        if self.names_harmed.search(text[end : end + 40]) and subject != "harmed":
            return 1.0  # "Mr K stabbed Martin"
        if subject == "harmed":
            return 1.0
        if subject == "pronoun":
            earlier = self.nearest(before, pronouns=False)
            return {"harmed": 0.9, "other": 0.25, "harming": 0.5, "perhaps": 0.6}.get(
                earlier, 0.85 if self.is_part else 0.6
            )
        if subject == "harming":
            return 0.55  # "Mr T was convicted of manslaughter"
        return {"other": 0.1, "perhaps": 0.45}.get(subject, 0.7 if self.is_part else 0.5)

    def subject(self, text: str, start: int, before: str = "") -> str:
        """Who stands before a place: ``harmed``, ``harming``, ``other``, or "" when nobody does.

        A pronoun is whoever was named last before its sentence.
        """
        found = self.nearest(text[:start])
        return self.nearest(before, pronouns=False) if found == "pronoun" else found

    def nearest(self, text: str, *, pronouns: bool = True) -> str:
        """Whose name or word stands last in a text."""
        kinds = [
            ("perhaps", self.kin_of_harmed),
            ("harmed", self.names_harmed), ("harming", self.names_harming),
            ("other", self.names_others), ("other", OTHER), ("harmed", _THE_ONE),
        ]  # fmt: skip
        if pronouns:
            kinds.append(("pronoun", _PRONOUN))
        last = [
            (match.end(), match.end() - match.start(), kind)
            for kind, pattern in kinds
            for match in [*pattern.finditer(text)][-1:]
        ]
        return max(last)[2] if last else ""


def _pattern(people: Iterable[Person]) -> re.Pattern[str]:
    names = {
        name
        for person in people
        for each in (person.name, *person.aliases)
        for name in (each, *_surname(each))
        if len(name) > 1
    }
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(name) for name in ordered) + r")(?!\w)"
        if ordered
        else r"(?!)"
    )


def _surname(name: str) -> tuple[str, ...]:
    """Of "Corinne Louise Ashgrove" the parts by which a text calls her later on."""
    words = name.split()
    if len(words) < 2 or not all(word[:1].isupper() for word in words):
        return ()
    return (words[-1], words[0]) if len(words[-1]) > 2 and len(words[0]) > 2 else ()
