"""The plainest coders there are, to hold a better one against.

They read the codebook as it is written: no lexicon, no context, no people. Every hit is
affirmed; practice codes are the agency's, and of the others nobody is said to be the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workbench.codebook import Codebook
from workbench.learn.gold.records import PassageCoding
from workbench.learn.matching.pairs import is_practice
from workbench.records import Code, SubjectRole

CUES = "cues"
CUES_AND_PROXIMITY = "cues and proximity"
DESCRIPTIONS = {
    CUES: "each cue of the codebook as a whole phrase, upper or lower case",
    CUES_AND_PROXIMITY: "the same, and a topic term of a practice code within the codebook's "
    "window of a deficiency term (failing) or a positive term (good practice) in one sentence",
}
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s+[A-Z\"'(])[^.!?\n]*)*[.!?]?")
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*")


class PlainCoder:
    """Codes a passage by cues and, if wanted, by the proximity rule."""

    def __init__(self, codebook: Codebook, *, proximity: bool) -> None:
        self._codes = codebook.factors
        self._cues = {code.code_id: _phrases(code.cues) for code in self._codes}
        self._topics = {
            code.code_id: _phrases(code.topic_terms) for code in self._codes if code.topic_terms
        }
        self._proximity = proximity
        self._window = codebook.proximity.window_tokens
        self._deficiency = _phrases(codebook.proximity.deficiency_terms)
        self._positive = _phrases(codebook.proximity.positive_terms)

    def code(self, text: str) -> tuple[PassageCoding, ...]:
        """The codings of a passage, one for each code and valence."""
        found: dict[tuple[str, str], PassageCoding] = {}
        for coding in self._hits(text):
            found.setdefault((coding.code_id, coding.valence), coding)
        return tuple(found.values())

    def _hits(self, text: str) -> Iterator[PassageCoding]:
        for code in self._codes:
            match = self._cues[code.code_id].search(text)
            if match:
                yield _coding(code, text, match.start(), match.end(), "negative")
        if not self._proximity:
            return
        for sentence in _SENTENCE.finditer(text):
            yield from self._near(text, sentence.start(), sentence.end())

    def _near(self, text: str, start: int, end: int) -> Iterator[PassageCoding]:
        """A topic near a positive term is good practice, otherwise near a deficiency a failing."""
        signs = [
            ("positive", list(self._positive.finditer(text, start, end))),
            ("negative", list(self._deficiency.finditer(text, start, end))),
        ]
        if not any(found for _, found in signs):
            return
        positions = [token.start() for token in _TOKEN.finditer(text, start, end)]
        for code in self._codes:
            topics = self._topics.get(code.code_id)
            for topic in topics.finditer(text, start, end) if topics else ():
                for valence, found in signs:
                    near = [
                        sign.span()
                        for sign in found
                        if _gap(positions, topic.span(), sign.span()) <= self._window
                    ]
                    if near:
                        first, last = min(topic.start(), near[0][0]), max(topic.end(), near[0][1])
                        yield _coding(code, text, first, last, valence)
                        break


def _gap(positions: list[int], one: tuple[int, int], other: tuple[int, int]) -> int:
    """Tokens from the beginning of one span to the beginning of the other."""
    first, last = sorted((one[0], other[0]))
    return sum(first < position <= last for position in positions)


def _phrases(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of the terms as a whole phrase; ``word*`` stands for any ending."""
    written = sorted(set(terms), key=lambda term: (-len(term), term))
    parts = [
        r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in term.split())
        for term in written
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _coding(code: Code, text: str, first: int, last: int, valence: str) -> PassageCoding:
    return PassageCoding(
        code_id=code.code_id,
        assertion="affirmed",
        subject_role=SubjectRole.AGENCY.value if is_practice(code.code_id) else "",
        valence=valence if code.has_valence else "",
        quote=text[first:last],
        start_char=first,
    )
