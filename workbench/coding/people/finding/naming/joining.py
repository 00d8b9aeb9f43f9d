"""Which printed names are one person's: "Dale Rudkin", "Mr Rudkin" and "Dale"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.coding.people.finding.marks import occurrences
from workbench.coding.people.finding.naming.evidence import WORD
from workbench.coding.people.finding.naming.name import Name
from workbench.coding.rules.context import PeopleContext

#: "Young Person X, called YPX here".
_CALLED = r",? \(?(?:also |here )?(?:called|known as|referred to as) (?:here )?[“\"'‘]?"
_SHORTEST_SHORT_FORM = 3  # letters
_MORE_NAME = re.compile(f" {WORD}")
_WORD_BEFORE = re.compile(r"(\w+),? $")
_WORD_CHARS = 24  # of the longest kinship word, with the comma after it


def merge_names(names: dict[str, Name], text: str, context: PeopleContext) -> list[Name]:
    """One name for one person: "Dale Rudkin", "Mr Rudkin" and "Dale" are one."""
    for form in _shared_surnames(names, context):
        del names[form]
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
    _join_called(whole, text)
    _join_letters(whole, context)
    firsts = Counter(form.split(" ")[0] for form in whole)
    return [_with_short_forms(name, text, firsts, context) for name in whole.values()]


def _shared_surnames(names: Mapping[str, Name], context: PeopleContext) -> list[str]:
    """Surnames that a man and a woman share: "Ford" beside "Mr Ford" and "Ms Ford" is nobody."""
    sexes: dict[str, set[str]] = defaultdict(set)
    for form in names:
        title, _, surname = form.partition(" ")
        if title.rstrip(".") in context.titles:
            sexes[surname].add(context.titles[title.rstrip(".")])
    return [surname for surname, found in sexes.items() if len(found) > 1 and surname in names]


def _join_called(whole: dict[str, Name], text: str) -> None:
    """Join what a review says is called otherwise: "Young Person X, called YPX here"."""
    for form in list(whole):
        for _, end in occurrences(text, form):
            match = re.compile(rf"{_CALLED}(?P<other>[A-Z]\w*(?: [A-Z]\w*)?)").match(text, end)
            other = match["other"] if match else ""
            if other != form and form in whole and other in whole:
                _join(whole, form, other)


def _join_letters(whole: dict[str, Name], context: PeopleContext) -> None:
    """Bare initials are those of a designation where one alone has them: "H" is "Child H"."""
    of_letter: dict[str, list[str]] = defaultdict(list)
    for form in whole:
        word, _, letter = form.rpartition(" ")
        if word in context.designations:
            of_letter[letter].append(form)
    for letter, forms in of_letter.items():
        if letter in whole and len(forms) == 1:
            _join(whole, forms[0], letter)


def _join(whole: dict[str, Name], owner: str, form: str) -> None:
    name, known = whole.pop(form), whole[owner]
    whole[owner] = replace(
        known,
        n_mentions=known.n_mentions + name.n_mentions,
        sex=known.sex or name.sex,
        aliases=tuple(dict.fromkeys((*known.aliases, form, *name.aliases))),
    )


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
    if sex:  # "Mrs Varnham" is not Mr Ellis Varnham
        found = [other for other in found if names[other].sex in ("", sex)]
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
