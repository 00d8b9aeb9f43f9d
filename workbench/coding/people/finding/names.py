"""The names a review gives to its people: pseudonyms, initials, titles, designations, kin."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.coding.people.finding.evidence import DOES, WORD, Evidence, PersonSigns
from workbench.coding.people.finding.marks import occurrences
from workbench.coding.rules.context import PeopleContext

#: A ward sister and a mum in a quotation are no names.
_FEWEST_SIGNS = {"Sister": 3, "Brother": 3, "Mum": 3, "Partner": 3, "Sibling": 2}
_SHORTEST_SHORT_FORM = 3  # letters
_INSIDE = re.compile(r"[a-z,;] ")
_AS_SUBJECT = re.compile(rf"['’]s [a-z]| {DOES}\b")
_MORE_NAME = re.compile(f" {WORD}")
_WORD_BEFORE = re.compile(r"(\w+),? $")
_WORD_CHARS = 24  # of the longest kinship word, with the comma after it


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
        *_in_capitals(text),
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
        Name(text, first[text], n, sexes.get(text.split(" ")[0].rstrip("."), ""))
        for text, n in counts.items()
    ]


def _titled(text: str, context: PeopleContext) -> list[Name]:
    titles = "|".join(context.titles)
    bodies = "|".join(map(re.escape, sorted(context.bodies)))
    pattern = (
        rf"\b(?:{titles})\.? (?:[A-Z]{{1,2}}\d?\b|{WORD}(?: (?!(?:{bodies}|{titles})\b){WORD})?)"
    )
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
    pattern = rf"\b(?:{words})(?: ?\d{{1,2}}| [A-HJ-Z])\b(?!\.\d|['’]s? [A-Z]|-)"
    return [
        replace(name, is_professional=True) for name in _collect(re.finditer(pattern, text), {})
    ]


def _kin_names(text: str, context: PeopleContext) -> list[Name]:
    """Kinship words that stand for a person: "Mother", "MGM", "Paternal Aunt"."""
    words = "|".join(sorted(map(re.escape, context.kin_names), key=len, reverse=True))
    pattern = rf"(?:(?<=[a-z,;] )|(?<=[.!?] )|(?<=\n)|^)(?:{words})\b(?!['’]s Day| and Baby|:)"
    found = []
    for name in _collect(re.finditer(pattern, text), {}):
        # With no article before it, it is a name inside a sentence or as its subject.
        signs = sum(
            1
            for start, end in occurrences(text, name.text)
            if _INSIDE.match(text, max(0, start - 2)) or _AS_SUBJECT.match(text, end)
        )
        if signs >= _FEWEST_SIGNS.get(name.text, 1):
            found.append(replace(name, sex=context.kin_names[name.text][1]))
    return found


def _initials(text: str, signs: PersonSigns, listed: frozenset[str]) -> list[Name]:
    """Bare initials that are written of as of a person: "Y was", "BK’s mother"."""
    return [
        Name(word, seen.first, seen.n_mentions)
        for word, seen in signs.initials(text).items()
        if seen.tells_initials() or word in listed
    ]


def _in_capitals(text: str) -> list[Name]:
    """Whoever died, in capitals as coroners print it: "the death of MARTHA LINDEN"."""
    pattern = r"(?<=\b[Dd]eath of )[A-Z]{2,}(?:[-'’][A-Z]+)?(?: [A-Z]{2,}(?:[-'’][A-Z]+)?){1,3}\b"
    return _collect(re.finditer(pattern, text), {})


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
_POST_BEFORE = re.compile(rf"\b{_POSTS}\b[^.\n]{{0,40}}$")
_POST_AFTER = re.compile(rf",? (?:\w+ ){{0,4}}{_POSTS}\b")
_POST_CHARS = 60  # the longest post and what may stand between it and the name


def _is_professional(name: str, text: str) -> bool:
    """Whether a full name is that of a chair, an author, a coroner or an officer."""
    if " " not in name:
        return False
    return any(
        _POST_BEFORE.search(text[max(0, start - _POST_CHARS) : start])
        or _POST_AFTER.match(text, end)
        for start, end in occurrences(text, name)
    )


def _merge(names: dict[str, Name], text: str, context: PeopleContext) -> list[Name]:
    """One name for one person: "Dale Rudkin", "Mr Rudkin" and "Dale" are one."""
    whole = dict(names)
    by_letter = _by_letter(names, context)
    for form in sorted(names, key=lambda form: (-len(form.split()), form)):
        owner = _owner(form, whole, by_letter, (text, context))
        if owner is not None and form in whole:
            name = whole.pop(form)
            known = whole[owner]
            whole[owner] = replace(
                known,
                n_mentions=known.n_mentions + name.n_mentions,
                sex=known.sex or name.sex or context.titles.get(form.split(" ")[0].rstrip("."), ""),
                aliases=tuple(dict.fromkeys((*known.aliases, form, *name.aliases))),
            )
    firsts = Counter(form.split(" ")[0] for form in whole)
    return [_with_short_forms(name, text, firsts, context) for name in whole.values()]


def _by_letter(
    names: Mapping[str, Name], context: PeopleContext
) -> Mapping[str, Sequence[tuple[str, list[str]]]]:
    """Names that others may stand for, and their words, by the first letter of each word."""
    designations = {word.casefold() for word in context.designations}
    found: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for form, name in names.items():
        words = [word.casefold() for word in form.split(" ")]
        titled = form.split(" ")[0].rstrip(".") in context.titles
        if not (titled or name.is_professional or words[0] in designations):
            for letter in {word[:1] for word in words}:
                found[letter].append((form, words))
    return found


def _owner(
    form: str,
    names: Mapping[str, Name],
    by_letter: Mapping[str, Sequence[tuple[str, list[str]]]],
    reading: tuple[str, PeopleContext],
) -> str | None:
    """The longer name whose bearer a form means, if there is just one."""
    text, context = reading
    words = form.split(" ")
    sex = context.titles.get(words[0].rstrip("."), "")
    parts = [word.casefold() for word in (words[1:] if sex else words)]
    if not parts or len("".join(parts)) < _SHORTEST_SHORT_FORM:
        return None
    found = [
        other
        for other, whole in by_letter.get(parts[0][:1], ())
        if other != form and other in names and _is_short_for(parts, whole, is_surname=bool(sex))
    ]
    if sex and len(found) > 1:  # "Mr Rudkin" is not his mother, Pauline Rudkin
        found = [n for n in found if _kin_sex(n, text, context) in ("", sex)][:1]
    return found[0] if len(found) == 1 else None


def _is_short_for(parts: list[str], whole: list[str], *, is_surname: bool) -> bool:
    """Whether words of a name stand for a longer one: "Dale", "Des", "Rudkin", "Sara Jones"."""
    if parts == whole:
        return is_surname  # "Mrs Noreen" is Noreen
    if len(parts) == 1:
        if len(whole) == 1:
            return not is_surname and whole[0].startswith(parts[0])
        return parts[0] == whole[-1] or (not is_surname and whole[0].startswith(parts[0]))
    n = len(parts)
    ends_alike = parts[0] == whole[0] and parts[-1] == whole[-1]
    return n < len(whole) and (ends_alike or parts in (whole[:n], whole[-n:]))


def _with_short_forms(name: Name, text: str, firsts: Counter[str], context: PeopleContext) -> Name:
    """A full name with its first name alone, where that is printed and is nobody else’s."""
    first, _, last = name.text.partition(" ")
    if not last or first in context.titles or first in context.designations:
        return name
    if name.is_professional or len(first) < _SHORTEST_SHORT_FORM:
        return name
    taken = first in name.aliases or firsts[first] > 1
    n = sum(1 for _, end in occurrences(text, first) if not _MORE_NAME.match(text, end))
    if taken or not n or first in context.not_names:
        return name
    return replace(name, n_mentions=name.n_mentions + n, aliases=(*name.aliases, first))


def _kin_sex(name: str, text: str, context: PeopleContext) -> str:
    """The sex that the kinship word before a name tells: "his mother, Pauline Rudkin"."""
    for start, _ in occurrences(text, name):
        found = _WORD_BEFORE.search(text[max(0, start - _WORD_CHARS) : start])
        if found:
            kin = context.kin.get(found.group(1).lower())
            return kin.sex if kin else ""
    return ""
