"""The canonical form of a word: what two spellings of one cue have in common.

``canonical("Strangled") == canonical("strangling")``: inflection goes, pronouns of any person
fall together, curly apostrophes become straight. It is a key for comparison, not a lemma, and
is never shown to people.
"""

from __future__ import annotations

import re
from functools import lru_cache

SUBJECT_PRONOUN, OBJECT_PRONOUN, REFLEXIVE = "they", "their", "themself"
_PRONOUNS = {
    **dict.fromkeys(("he", "she", "they", "i"), SUBJECT_PRONOUN),
    # "her" is object and possessive, so the two cannot be kept apart.
    **dict.fromkeys(("his", "her", "their", "my", "him", "them", "hers"), OBJECT_PRONOUN),
    **dict.fromkeys(("himself", "herself", "themselves", "themself", "myself"), REFLEXIVE),
}
_FORMS = {
    "be": "was were is are been being am 's-be",
    "have": "had has having",
    "do": "did does done doing",
    "not": "n't",
    "go": "went gone goes going",
    "tell": "told",
    "say": "said",
    "see": "saw seen",
    "take": "took taken taking",
    "leave": "left leaving",
    "beat": "beaten",
    "drink": "drank drunkard",
    "steal": "stole stolen",
    "child": "children",
    "man": "men",
    "woman": "women",
    "wife": "wives",
    "knife": "knives",
    "give": "gave given giving",
    "get": "got getting",
    "find": "found",
    "think": "thought",
    "feel": "felt",
    "know": "knew known",
    "keep": "kept",
    "lose": "lost losing",
    "meet": "met",
    "bring": "brought",
    "hold": "held",
    "speak": "spoke spoken",
    "hear": "heard",
    "run": "ran running",
    "break": "broke broken breaking",
    "come": "came coming",
    "make": "made making",
    "send": "sent",
    "hit": "hitting hits",
    "put": "putting puts",
    "cut": "cutting cuts",
    "write": "wrote written writing",
    "fall": "fell fallen",
    "care": "cared caring cares",
    "use": "used using uses",
    "die": "died dying dies",
    "live": "lived living lives",
    "grow": "grew grown",
    "drive": "drove driven driving",
    "shake": "shook shaken shaking",
    "bite": "bit bitten biting",
    "throw": "threw thrown",
    "owe": "owed owing owes",
    "pay": "paid",
    "sell": "sold",
    "buy": "bought",
    "sleep": "slept",
    "spend": "spent",
    "teach": "taught",
    "seek": "sought",
    "understand": "understood",
    "choose": "chose chosen choosing",
    "flee": "fled fleeing",
    "hide": "hid hidden hiding",
    "rise": "rose risen rising",
    "begin": "began begun",
    "become": "became becoming",
    "hurt": "hurting hurts",
    "strike": "struck striking",
    "miss": "missed misses",  # "missing" stays: going missing is not missing an appointment
    "missing": "missings",
    "harm": "harmed harming harms",
    "organise": "organize organised organized",
    "behaviour": "behavior behaviours",
    "judgement": "judgment",
    "mum": "mom",
    "note": "noted noting notes",
    "staffing": "staffings",  # of a ward: not the staff who work there
    "rate": "rated rating rates",
    "hope": "hoped hoping hopes",
}
_IRREGULAR = {form: word for word, forms in _FORMS.items() for form in forms.split()}
_SUFFIXES = (
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(?<=[a-z]{2})ied$"), "y"),
    (re.compile(r"(?<=ss|sh|ch)es$|(?<=[xz])es$"), ""),
    (re.compile(r"(?<=[a-z]{2}[^sui])s$"), ""),
    (re.compile(r"(?<=[a-z]{3})ed$"), ""),
    (re.compile(r"(?<=[a-z]{3})ing$"), ""),
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})  # noqa: RUF001
_LONGEST_ACRONYM = 7  # longer words in capitals are emphasis
_VOWEL = re.compile(r"[aeiouy]")


def is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: ``DNA``, ``MARACs``, but not ``A``."""
    stem = word[:-1] if word.endswith("s") else word
    return 2 <= len(stem) <= _LONGEST_ACRONYM and stem.isupper() and stem.isalpha()


@lru_cache(maxsize=200_000)
def canonical(word: str) -> str:
    """The key of a word. Acronyms keep their capitals, so that SEND is not "send"."""
    if is_acronym(word):
        return word[:-1] if word.endswith("s") else word
    plain = word.lower().translate(_APOSTROPHES)
    if plain in _PRONOUNS:
        return _PRONOUNS[plain]
    if plain in _IRREGULAR:
        return _IRREGULAR[plain]
    if plain in _FORMS or len(plain) < 4 or not plain.isalpha():
        return plain
    return _stem(plain)


def _stem(plain: str) -> str:
    stem = plain
    for pattern, replacement in _SUFFIXES:
        shorter, changed = pattern.subn(replacement, stem)
        if changed and _VOWEL.search(shorter):
            stem = shorter
            break
    if len(stem) > 4 and stem.endswith("e"):
        stem = stem[:-1]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ae":
        stem = stem[:-1]
    return stem
