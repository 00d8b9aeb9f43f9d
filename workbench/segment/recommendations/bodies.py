"""Names of the bodies and offices that can be asked to act."""

from __future__ import annotations

import re
from functools import cache

#: The last word of the name of a body that can be asked to do something.
BODY = (
    r"(?:partnerships?|partners|boards?|trusts?|councils?|polic(?:e|ing)|constabulary|forces?"
    r"|services?|schools?|academ(?:y|ies)|colleges?|agenc(?:y|ies)|government|departments?|office"
    r"|ministry|commission(?:ers?)?|panel|inspectorate|authorit(?:y|ies)|hospitals?|surger(?:y|ies)"
    r"|practices?|providers?|organisations?|charit(?:y|ies)|associations?|landlords?|unit|teams?"
    r"|courts?|centres?|college|nursing|visit(?:ing|ors)|care|england|wales|health|midwi(?:fery|ves)"
    r"|probation|housing|education|cafcass|ofsted|homes?|homesafe|group|director(?:ate)?s?|secretary"
    r"|constable|chief executive|chair|managers?|leaders?|court|tenancy|licensing|forum"
    r"|minister|gps?)"
)
_BODY_END = re.compile(rf"\b{BODY}(?:\s*\([^)]*\))?$", re.IGNORECASE)
_BODY_OF = re.compile(rf"\b{BODY}\s+(?:of|for|in)\s+(?:the\s+)?[A-Z]", re.IGNORECASE)
#: A named body has a capital; these need none.
COMMON = re.compile(
    r"^(?:the|all|each|every|both|any|local|partner|secondary|primary|statutory)\b", re.IGNORECASE
)
NOT_ASKED = re.compile(
    r"\b(?:that|which|who|whose|when|where|if|child|children|patients?|parents?|person|people"
    r"|assessment|referral|plan|training|record|meeting|there)\b(?!['’]s? (?:services|social))"
)
ACRONYM = re.compile(r"(?:the )?[A-Z][A-Za-z]{0,2}[A-Z]{1,5}s?")
#: Where "and" stands inside one name.
ONE_NAME = re.compile(
    r"(?:(?:Department|Ministry|Secretary of State|Office) (?:of|for) [\w ,]+"
    r"|\bPolice) and (?!the )(?=[A-Z])"
)
_CAPITAL = r"[A-Z][\w’'-]*"
_JOIN = re.compile(r"(?<=\w)\s*;\s*|,?\s+and\s+(?:the\s+)?(?=[A-Z])|,\s+(?=the\s+[A-Z])")
MAX_SHORT_WORDS = 3
#: Offices are many where a body is one: "the Director" need not be the one director named.
_NOT_ONE = re.compile(
    r"\b(?:director|constable|executive|chair|manager|leader|secretary|minister|commissioner)$|s$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:the|all the)\s+(?=[A-Z])", re.IGNORECASE)


def is_body(name: str) -> bool:
    """Whether the words name a body or an office that can be asked to act."""
    short = len(name.split()) <= 16 and not NOT_ASKED.search(name)
    first = re.split(r",?\s+and\s+(?=(?:the\s+)?[A-Z])", name, maxsplit=1)[0]
    ends = (
        _BODY_END.search(name) or _BODY_OF.search(name) or _BODY_END.search(first)
        or ACRONYM.fullmatch(name)
    )  # fmt: skip
    capital = re.match(r"[A-Z]", name) is not None
    return bool(short and ends and (capital or COMMON.match(name)))


def in_full(name: str, full_text: str) -> str:
    """Each body of the name in full, where the document knows one full name only."""
    return "; ".join(_one_in_full(part, full_text) for part in parts_of(name) if part)


def parts_of(name: str) -> list[str]:
    """The bodies of a name that holds several: split where the words before end a name."""
    parts: list[str] = []
    at = 0
    for match in _JOIN.finditer(name):
        before = name[at : match.start()]
        one = ONE_NAME.match(name, at)
        if (one and one.end() >= match.end()) or name[match.end() :].startswith("Crime "):
            continue
        if ";" in match.group() or _BODY_END.search(before):
            parts.append(before)
            at = match.end()
    return [ARTICLE.sub("", part.strip()) for part in (*parts, name[at:])]


def _one_in_full(name: str, full_text: str) -> str:
    short = re.sub(r"^the\s+", "", name)
    if (
        len(short.split()) > MAX_SHORT_WORDS
        or not _BODY_END.search(short)
        or _NOT_ONE.search(short)
    ):
        return name
    names = full_names(short.casefold(), full_text)
    return names[0] if len(names) == 1 else name


@cache
def full_names(ending: str, full_text: str) -> tuple[str, ...]:
    """The distinct longer names in a text that end with these words, shorter forms left out."""
    word = rf"(?:{_CAPITAL}|and|of|for)"
    pattern = re.compile(
        rf"\b{_CAPITAL}(?: {word}){{0,7}} (?i:{re.escape(ending)})\b(?! {_CAPITAL})"
    )
    found = {ARTICLE.sub("", match.group()) for match in pattern.finditer(full_text)}
    found = {
        name for name in found
        if name.casefold() != ending and len(parts_of(name)) == 1
        and all(word[0].isupper() or word in {"and", "of", "for"} for word in name.split())
    }  # fmt: skip
    return tuple(sorted(n for n in found if not any(o != n and o.endswith(f" {n}") for o in found)))
