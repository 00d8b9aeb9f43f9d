"""The names a review gives to its people: pseudonyms, initials, titles, designations, kin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from workbench.coding.people.finding.evidence import WORD, Evidence, PersonSigns
from workbench.coding.rules.context import PeopleContext

_FEWEST_KIN = 2  # "Mother" inside a sentence, so often
_SHORTEST_SHORT_FORM = 3  # letters


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it is first printed; ``aliases`` are other ways it is printed."""

    text: str
    start_char: int
    n_mentions: int
    sex: str = ""
    aliases: tuple[str, ...] = ()
    is_professional: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.text, *self.aliases)


def find_names(
    text: str, context: PeopleContext, signs: PersonSigns, listed: Iterable[str] = ()
) -> tuple[Name, ...]:
    """The names of a document's people, by first mention.

    ``listed`` are names from a table or list of people, which need no other evidence.
    """
    listed = frozenset(listed)
    names = {name.text: name for name in _first_names(text, signs, listed)}
    found = (
        *_titled(text, context),
        *_designated(text, context),
        *_professional(text, context),
        *_kin_names(text, context),
        *_initials(text, signs, listed),
    )
    for name in found:
        names.setdefault(name.text, name)
    merged = _merge(names, text, context)
    return tuple(sorted(merged, key=lambda name: (name.start_char, name.text)))


def _collect(matches: Iterable[re.Match[str]], sexes: Mapping[str, str]) -> list[Name]:
    """One name for each printed form; the sex is looked up by its first word."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for match in matches:
        counts[match.group()] += 1
        first.setdefault(match.group(), match.start())
    return [
        Name(text, first[text], n, sexes.get(text.split(" ")[0], "")) for text, n in counts.items()
    ]


def _titled(text: str, context: PeopleContext) -> list[Name]:
    titles = "|".join(context.titles)
    bodies = "|".join(map(re.escape, sorted(context.bodies)))
    pattern = rf"\b(?:{titles}) (?:[A-Z]{{1,2}}\d?\b|{WORD}(?: (?!(?:{bodies}|{titles})\b){WORD})?)"
    found = _collect(re.finditer(pattern, text), context.titles)
    for name in list(found):
        _, _, full = name.text.partition(" ")
        if " " in full:  # "Mrs Ellen Thorpe" is Ellen Thorpe too
            start = name.start_char + len(name.text) - len(full)
            found.append(replace(name, text=full, start_char=start))
    return found


def _designated(text: str, context: PeopleContext) -> list[Name]:
    words = "|".join(sorted(map(re.escape, context.designations), key=len, reverse=True))
    pattern = rf"\b(?:{words})(?: (?:[A-Z]{{1,2}}|[A-Z]\d)| ?\d{{1,2}})\b(?!\.\d|-)"
    sexes = {"Male": "male", "Boy": "male", "Man": "male",
             "Female": "female", "Girl": "female", "Woman": "female"}  # fmt: skip
    return _collect(re.finditer(pattern, text), sexes)


def _professional(text: str, context: PeopleContext) -> list[Name]:
    """Professionals named by post and number: "SW1", "Constable N", "Dr P"."""
    words = "|".join(sorted(map(re.escape, context.professions), key=len, reverse=True))
    pattern = rf"\b(?:{words})(?: ?\d{{1,2}}| [A-Z])\b(?!\.\d|['’]s? [A-Z]|-)"
    return [
        replace(name, is_professional=True) for name in _collect(re.finditer(pattern, text), {})
    ]


def _kin_names(text: str, context: PeopleContext) -> list[Name]:
    """Kinship words that stand for a person: "Mother", "MGM", "Paternal Aunt"."""
    words = "|".join(sorted(map(re.escape, context.kin_names), key=len, reverse=True))
    pattern = rf"(?:(?<=[a-z,;] )|(?<=[.!?] )|(?<=\n))(?:{words})\b(?!['’]s Day| and Baby|:)"
    found = []
    for name in _collect(re.finditer(pattern, text), {}):
        inside = len(re.findall(rf"(?<=[a-z,;] ){re.escape(name.text)}\b", text))
        if inside and name.n_mentions >= _FEWEST_KIN:
            found.append(replace(name, sex=context.kin_names[name.text][1]))
    return found


def _initials(text: str, signs: PersonSigns, listed: frozenset[str]) -> list[Name]:
    """Bare initials that are written of as of a person: "Y was", "BK’s mother"."""
    return [
        Name(word, seen.first, seen.n_mentions)
        for word, seen in signs.initials(text).items()
        if seen.tells_initials() or word in listed
    ]


def _first_names(text: str, signs: PersonSigns, listed: frozenset[str]) -> list[Name]:
    lower = set(re.findall(r"\b[a-zà-ÿ]{2,}\b", text))
    evidence = signs.collect(text)
    kept: dict[str, Evidence] = {}
    for word, seen in evidence.items():
        if word in listed or (
            seen.tells_person(is_word=word.lower() in lower) and not _is_professional(word, text)
        ):
            kept[word] = seen
    return [Name(word, seen.first, seen.n_mentions) for word, seen in kept.items()]


_POSTS = (
    r"(?:[Aa]uthor|[Cc]hair(?:man|woman|ed)?|[Rr]eviewer|[Cc]oroner|Dr|Professor|Detective|"
    r"[Ii]nspector|Superintendent|KC|QC|HHJ|[Jj]udge|Commissioner|Minister|consultant)"
)


def _is_professional(name: str, text: str) -> bool:
    """Whether a full name is that of a chair, an author, a coroner or an officer."""
    if " " not in name:
        return False
    own = re.escape(name)
    pattern = rf"\b{_POSTS}\b[^.\n]{{0,40}}\b{own}\b|\b{own}\b,? (?:\w+ ){{0,4}}{_POSTS}\b"
    return re.search(pattern, text) is not None


def _merge(names: dict[str, Name], text: str, context: PeopleContext) -> list[Name]:
    """One name for one person: "Dale Rudkin", "Mr Rudkin" and "Dale" are one."""
    whole = dict(names)
    for form, name in sorted(names.items()):
        first, _, last = form.partition(" ")
        sex = context.titles.get(first)
        if sex is not None:
            owners = [n for n in names if n == last or (n.endswith(f" {last}") and n != form
                      and n.split(" ")[0] not in context.titles)]  # fmt: skip
            if len(owners) > 1:  # "Mr Rudkin" is not his mother, Pauline Rudkin
                owners = [n for n in owners if _kin_sex(n, text, context) in ("", sex)][:1]
        elif not last and len(form) >= _SHORTEST_SHORT_FORM and form.isalpha():
            # "Dale" is Dale Rudkin, "Des" is Desmond.
            owners = [n for n in names if n != form and n.startswith(form)
                      and n.split(" ")[0] not in context.designations]  # fmt: skip
        else:
            continue
        if len(owners) == 1 and owners[0] in whole and form in whole:
            del whole[form]
            owner = whole[owners[0]]
            whole[owners[0]] = replace(
                owner,
                n_mentions=owner.n_mentions + name.n_mentions,
                sex=owner.sex or sex or name.sex,
                aliases=(*owner.aliases, form),
            )
    return list(whole.values())


def _kin_sex(name: str, text: str, context: PeopleContext) -> str:
    """The sex that the kinship word before a name tells: "his mother, Pauline Rudkin"."""
    found = re.search(rf"(\w+),? {re.escape(name)}\b", text)
    kin = context.kin.get(found.group(1).lower()) if found else None
    return kin.sex if kin else ""
