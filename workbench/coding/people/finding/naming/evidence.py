"""What tells that a capitalised word is a person: how it is written of, not how often.

There is no trained name recogniser to be had offline, and none is needed: what a review says of
its people (ages, kin, deeds) it does not say of places and organisations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workbench.coding.rules.context import PeopleContext

#: A word of a name: Anila, Hollins-Pike, McArdle, O’Neill.
WORD = r"(?:[A-Z]['’])?[A-ZÀ-Þ][a-zà-ÿ]+(?:[-'’]?[A-ZÀ-Þ][a-zà-ÿ]+)*"
_SURNAME = r"[A-ZÀ-Þ]{3,}(?:[-'’][A-ZÀ-Þ]{2,})?"  # coroners print it in capitals
_QUOTE = "[“\"'‘]?"
_RUN = re.compile(rf"(?<![\w'’]){WORD}(?: {WORD})*(?:(?<=[a-z]) {_SURNAME}\b)?")
#: Bare initials, "A" and "I" left out; after a word with a capital they belong to that word.
_INITIALS = re.compile(r"(?<![\w'’.&/£-])(?:[B-HJ-Z]|[A-Z]{2,3})\d?(?![\w&/.-])")
_BESIDE_CAPITAL = re.compile(r"(?:[A-Z][\w’']*|\d|[.)]) $")
_BEFORE_CHARS, _AFTER_CHARS = 48, 64
#: Kinds of strong signs that outweigh signs of a place, and that an ordinary word needs.
_CERTAIN_KINDS, _SURE_KINDS = 3, 2
#: Kinds of which one is enough, however seldom a name is printed.
_ENOUGH_ALONE = frozenset({"called", "age", "fate"})
_LONGEST_NAME = 5  # words
_FEWEST_MENTIONS, _FEWEST_PERSONAL = 3, 2  # of a name without a strong sign
#: Words that are surnames and middle names as well.
_SURNAMES = frozenset({"May", "June", "April", "August", "Young", "White", "Black", "Constable",
                       "Head", "English", "Irish", "Justice", "Judge", "Easter",
                       "Guardian"})  # fmt: skip
_EXPLAINED_AS_BODY = re.compile(
    r"(?: ?\(|: |, (?=the |an? ))(?:the |an? )?[^.()\n]{0,50}\b(?:service|services|charity|"
    r"organisation|team|agency|trust|hospital|school|hostel|provider|project|programme|company|landlord|"
    r"association|centre|unit|ward|town|village|estate|borough|district|prison|college|home|"
    r"nursery|website|app|drug|medicine|operation|system)\b"
    r"| \(\d{4}\)| et al\b"  # "Farrant and Oyelowo (2019)" wrote of others
    r"|['’]s (?:[Dd]isease|[Ss]yndrome|palsy|sign|law|criteria)\b"
)
#: Preceded directly by these a word is more likely a place.
_PLACE_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|near|across|outside|around|within|throughout) (?:the )?$"
)
_ARTICLE_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ee]ach|[Ee]very|[Nn]o) $")
_SENTENCE_START = re.compile(r"(?:^|[.!?:|\n][”\"’']? ?|[“\"‘(] ?)$")
_NUMBER = (
    r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|"
    r"[a-z]+teen|ten|eleven|twelve|eight|nine|six|seven|five|four|three|two|one)"
)
#: Verbs whose subject is a person.
DOES = (
    r"(?:was|had|has|is|said|told|did|lived|moved|began|went|attended|died|asked|wanted|called|"
    r"reported|left|became|started|felt|spoke|made|took|gave|came|got|could|would|says|tells|"
    r"agreed|declined|refused|met|stayed|worked|sent|wrote|rang|disclosed|denied|described|"
    r"threatened|killed|lost|returned|believed|and (?:his|her|their)|knew|saw|kept|spent|grew|"
    r"tried|hit|drank|used|sought|presented|appeared|stated|explained|remained|never|often|also|then|later)"
)

#: What somebody does for a living who helps the people of a review.
POST = (
    r"(?:social worker|support worker|youth worker|night worker|key worker|care worker|"
    r"health visitor|tutor|teacher|head teacher|nurse|midwife|care co-?ordinator|caseworker|"
    r"probation officer|housing officer|school nurse|counsellor|mentor|psychologist)"
)


@dataclass
class Evidence:
    """What was seen of one word."""

    first: int
    n_mentions: int = 0
    kinds: set[str] = field(default_factory=set)  # strong signs that were seen
    n_strong: int = 0
    n_personal: int = 0  # weak signs
    n_place: int = 0
    n_compound: int = 0  # beside another capitalised word
    n_inside: int = 0  # capitalised inside a sentence
    is_body: bool = False  # explained as a service or a place
    is_full_name: bool = False  # several words
    has_body: bool = False  # one of them may be the name of a service: "Hill", "Ward", "Police"

    def tells_initials(self) -> bool:
        """Whether bare initials are a person's: an acronym has none of the signs."""
        signs = self.n_strong >= _SURE_KINDS or (self.kinds and self.n_personal >= _FEWEST_PERSONAL)
        return bool(signs) and self.n_place <= 0.2 * self.n_mentions

    def tells_person(self, *, is_word: bool) -> bool:
        """Whether this is a person's name; ``is_word`` when the text has it in lower case too."""
        n, kinds = self.n_mentions, len(self.kinds)
        against = self.n_place + self.n_compound
        if self.has_body:
            return kinds >= _SURE_KINDS and not self.n_place
        if self.is_body or self.n_place > max(1, 0.4 * n) or self.n_compound > 0.5 * n:
            return kinds >= _CERTAIN_KINDS and against <= 0.7 * n
        if is_word:
            return kinds >= _SURE_KINDS and self.n_inside > 1
        if kinds and (
            self.n_inside or self.is_full_name or self.n_strong > 1 or n >= _FEWEST_MENTIONS
        ):
            return n > 1 or kinds > 1 or bool(self.kinds & _ENOUGH_ALONE) or self.is_full_name
        if self.kinds & _ENOUGH_ALONE:
            return True
        # Whatever only begins sentences may be any word.
        doubt = 0 if self.n_inside else 1
        enough = n >= _FEWEST_MENTIONS + doubt and self.n_personal >= _FEWEST_PERSONAL + doubt
        return enough and against <= 0.15 * n


class PersonSigns:
    """The signs of a person around a name, made of the kinship words of a context."""

    def __init__(self, context: PeopleContext) -> None:
        kin = "|".join(sorted((re.escape(w) for w in context.kin), key=len, reverse=True))
        self._words = context.not_names.union(
            context.titles, context.designations, context.professions
        )
        self._bodies = context.bodies
        self._after = tuple(
            (kind, re.compile(pattern))
            for kind, pattern in (
                ("age", rf",? (?:who (?:is|was) |then |and |was )?(?:then )?aged {_NUMBER}\b"
                        rf"|,? who (?:is|was) (?:then )?{_NUMBER}\b| ?\((?:aged )?\d{{1,2}}\)"
                        rf"|, {_NUMBER},| (?:was|is) {_NUMBER}"
                        r"(?:[,.;]| years?| months?| weeks?| when| at the time| and )"),
                ("kin", rf"['’]s (?:[a-z-]+ ){{0,2}}(?:{kin})\b"),
                ("kin", rf",? (?:who (?:is|was) )?(?:his|her|their|[A-Z]\w+['’]s) "
                        rf"(?:[a-z-]+ ){{0,2}}(?:{kin})\b"),
                ("kin", rf",? (?:is |was )?(?:the |a )?(?:[a-z-]+ )?(?:{kin}) of\b"),
                ("post", rf", (?:an?|the|his|her|their) (?:[a-z-]+ ){{0,2}}{POST}\b"),
                ("fate", r",? (?:who )?(?:was|were|had been|has been) (?:\w+ )?(?:convicted|"
                         r"sentenced|charged|killed|murdered|stabbed|strangled|found (?:dead|"
                         r"hanging|lifeless)|born|arrested|pregnant|homeless|diagnosed|bailed|"
                         r"imprisoned|detained|excluded|pronounced)\b"),
                ("fate", r",? (?:who )?(?:died|killed (?:himself|herself|him|her)|pleaded "
                         r"guilty|took (?:his|her) own life|gave birth)\b"),
                ("body", r"['’]s (?:own )?(?:death|body|mood|childhood|behaviour|GP|voice|mental "
                         r"health|age|injuries|drinking|pregnancy|birth|diagnosis|wishes|views|"
                         r"life|phone|arrest|bedroom|face|neck|arm)\b"),
            )
        )  # fmt: skip
        self._before = tuple(
            (kind, re.compile(pattern))
            for kind, pattern in (
                ("called", rf"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Tt]he|[Aa]n?)|\w['’]s) "
                           rf"(?:[a-z-]+ ){{0,2}}(?:{kin}),? \(?(?:called |named )?{_QUOTE}$"),
                # "her brothers, Tyler and Jude"
                ("called", rf"\b(?:{kin}|children),? (?:{WORD}(?:, aged \d+)?,? )*{WORD},? and $"),
                ("called", r"\b(?:man|woman|boy|girl|youth|person|associate|somebody|someone) "
                           rf"(?:called|named|known as) {_QUOTE}$|\bcall(?:s|ed)? [“\"'‘]$"),
                ("called", rf"\b{POST},? (?:called |named )?{_QUOTE}$"),
                ("role", r"\b(?:[Vv]ictim|[Pp]erpetrator|[Dd]eceased|[Ss]uspect|[Oo]ffender|"
                         r"[Dd]efendant|[Ss]ubject),? (?:called |named )?\(?" + _QUOTE + "$"),
                ("fate", r"\b(?:[Dd]eaths?|[Mm]urder|killing|homicide|suicide|manslaughter) of "
                         rf"(?:\w+ )?{_QUOTE}$"),
                ("fate", rf"\b(?:killed|murdered|stabbed|strangled) (?:by )?{_QUOTE}$"),
                ("title", r"\b(?:[Rr]eview|[Rr]eport|[Ii]nvestigation|[Ii]nquest)(?: into the (?:"
                          r"death|case) of|:| concerning| in respect of| on) ?" + _QUOTE + "$"),
                ("name", r"\b(?:known as|called|named|referred to as|pseudonym|the name|call "
                         rf"(?:him|her)|about) {_QUOTE}$"),
                ("name", r"\b(?:Baby|Child|Adult|Young|Little|Auntie|Uncle|Nan) $"),
            )
        )  # fmt: skip
        bodies = "|".join(sorted(context.bodies))
        self._body_after = re.compile(rf"['’]s (?:[A-Z][\w’']* )?(?:{bodies})\b")
        self._personal = re.compile(rf",? (?:who |whose )|['’]s \w| {DOES}\b|, (?:he|she) ")

    def collect(self, text: str) -> dict[str, Evidence]:
        """The evidence for every capitalised word, and for every pair of them."""
        found: dict[str, Evidence] = {}
        lower = set(re.findall(r"\b[a-zà-ÿ]{2,}\b", text))
        for run in _RUN.finditer(text):
            start, words = self._trimmed(run, lower)
            is_body = any(w in self._bodies for w in words[1:])
            if words and not is_body and words[-1] in self._words - _SURNAMES:
                words = words[:-1]
            known = self._words.intersection(words[:1]) | (self._words - _SURNAMES).intersection(
                words
            )
            if words and len(words) <= _LONGEST_NAME and (is_body or not known):
                name = " ".join(words)
                self._note(found, name, start, text)
                found[name].has_body |= is_body or name in self._bodies
                found[name].n_compound += self._is_rest(run, start, text)
            if len(words) > 1:
                _note_parts(found, words, start)
        return found

    def initials(self, text: str) -> dict[str, Evidence]:
        """The evidence for bare initials: "AB was 46", "her ex-partner, CD"."""
        found: dict[str, Evidence] = {}
        for match in _INITIALS.finditer(text):
            before = text[max(0, match.start() - 24) : match.start()]
            stands_alone = not _BESIDE_CAPITAL.search(before) or before.endswith((". ", "? "))
            if stands_alone and match.group() not in self._words:
                self._note(found, match.group(), match.start(), text)
        return found

    def _trimmed(self, run: re.Match[str], lower: set[str]) -> tuple[int, list[str]]:
        """A run of capitalised words without what only begins the sentence."""
        words, start = run.group().split(" "), run.start()
        # "When Maren", "Police told": the first word of a sentence is no part of a name.
        while len(words) > 1 and (words[0].lower() in lower or words[0] in self._words):
            start += len(words[0]) + 1
            words = words[1:]
        return start, words

    def _is_rest(self, run: re.Match[str], start: int, text: str) -> bool:
        """Whether a word stands behind another inside a sentence: "Lanes" of "at Cross Lanes"."""
        before = run.group()[: start - run.start()].strip()
        begins = _SENTENCE_START.search(text[max(0, run.start() - 3) : run.start()])
        return bool(before) and not begins and self._words.isdisjoint(before.split(" "))

    def _note(self, found: dict[str, Evidence], name: str, start: int, text: str) -> None:
        seen = found.setdefault(name, Evidence(first=start, is_full_name=" " in name))
        seen.n_mentions += 1
        end = start + len(name)
        before, after = text[max(0, start - _BEFORE_CHARS) : start], text[end : end + _AFTER_CHARS]
        if re.match(r"[”\"’']", after) and not re.match(r"['’]s\b", after):
            after = after[1:]
        kinds = [kind for kind, pattern in self._after if pattern.match(after)]
        kinds += [kind for kind, pattern in self._before if pattern.search(before)]
        seen.kinds.update(kinds)
        seen.n_strong += bool(kinds)
        seen.n_personal += self._personal.match(after) is not None
        if not kinds and (_PLACE_BEFORE.search(before) or _ARTICLE_BEFORE.search(before)):
            seen.n_place += 1
        seen.n_inside += _SENTENCE_START.search(before) is None
        seen.is_body |= any(p.match(after) for p in (_EXPLAINED_AS_BODY, self._body_after))


def _note_parts(found: dict[str, Evidence], words: list[str], start: int) -> None:
    """Each word of a longer name was seen beside another."""
    for word in words:
        part = found.setdefault(word, Evidence(first=start))
        part.n_mentions += 1
        part.n_compound += 1
        start += len(word) + 1
