"""The forms of a name: in full, cut short, by initials; and which of them mean one agency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_LITTLE = frozenset({"and", "of", "for", "the"})


@dataclass(slots=True)
class Name:
    """One agency while its names are gathered."""

    name: str
    kind: str
    start: int
    end: int
    aliases: set[str] = field(default_factory=set)


def merged(found: Iterable[Name]) -> list[Name]:
    """One entry for each agency; the name that stands there most often in full."""
    by_key: dict[str, Name] = {}
    for name in found:
        known = by_key.setdefault(name_key(name.name), name)
        known.aliases |= name.aliases
    longer = sorted(by_key, key=lambda key: -len(key.split()))
    for key in sorted(by_key, key=lambda key: len(key.split())):
        full = [
            other
            for other in longer
            if other in by_key
            and is_short_for(key, other)
            and (by_key[other].kind == by_key[key].kind or other.startswith(f"{key} "))
        ]
        if len(full) == 1:
            short, whole = by_key.pop(key), by_key[full[0]]
            whole.aliases |= {short.name, *short.aliases}
            whole.start, whole.end = min((whole.start, whole.end), (short.start, short.end))
    return sorted(by_key.values(), key=lambda name: name.start)


def is_short_for(short: str, full: str) -> bool:
    """Whether one name is the other in short: words left out, cut off or given by initials.

    The first word must be the same, or the short form must be the end of the longer one or the
    initials of its words: "Hospitals Trust", "Kinfield Youth Assoc", "CSC", "DWP".
    """
    given, words = short.split(), full.split()
    if len(given) > len(words) or short == full:
        return False
    if len(given) == 1:
        first = [word[0] for word in words if word not in _LITTLE]
        return given[0] == words[0] or (len(short) > 1 and short in "".join(first))
    return _follows(given, words)


def _follows(given: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words given stand in the longer name in this order, in full or in short."""
    at = 0
    for word in given:
        while at < len(words) and not _abbreviates(word, words[at:]):
            at += 1
        if at == len(words):
            return False
        at += 1
    return True


def _abbreviates(word: str, words: Sequence[str]) -> bool:
    cut_off = len(word) >= 4 and words[0].startswith(word)
    initials = "".join(each[0] for each in words if each not in _LITTLE)
    return word == words[0] or cut_off or (2 <= len(word) <= 4 and initials.startswith(word))


def name_key(name: str) -> str:
    """The name in lower case, without "the", marks and apostrophes."""
    plain = name.lower().replace("’", "").replace("'", "")
    return " ".join(word for word in re.findall(r"[\w&]+", plain) if word != "the")


def short_forms(names: Sequence[Name]) -> Mapping[str, Name]:
    """Short forms that one name only can be meant by: "Kestrel Lane", "the Trust", "CCAS"."""
    owners: dict[str, set[int]] = {}
    for place, name in enumerate(names):
        words = name_key(name.name).split()
        forms = {name_key(alias) for alias in name.aliases}
        forms |= {" ".join(words[:n]) for n in range(1, len(words))}
        forms |= {words[-1], "".join(word[0] for word in words if word not in _LITTLE)}
        for form in forms:
            owners.setdefault(form, set()).add(place)
    return {form: names[next(iter(places))] for form, places in owners.items() if len(places) == 1}
