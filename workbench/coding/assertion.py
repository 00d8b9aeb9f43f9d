"""Whether a passage says that a factor was there: triggers, their scope and the section.

Source: the scope rules follow ConText (Harkema, Dowling, Thornblade and Chapman 2009,
J. Biomed. Inform. 42(5), 839-851), with the triggers of British case reviews.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workbench.coding.matching import Hit
from workbench.coding.rules.context import AssertionContext, TriggerGroup
from workbench.coding.rules.lexicon import RuleKind
from workbench.coding.text.passage import Passage
from workbench.coding.text.terms import Spans, Terms, within
from workbench.records import Assertion, Segment, Valence

#: A new statement: what stands before these words does not govern what follows them.
_TURNS = frozenset({"but", "however", "although", "though", "whereas", "yet", "nevertheless",
                    "nonetheless", "except", "despite"})  # fmt: skip


_LATER_SENTENCES = 2  # in which an account may be left open
_LIST_WORDS = 4  # "no knives, drugs or other weapons": how soon the "or" of a list must come
_INSIDE_WORDS = 3  # from a trigger inside a hit to the part it governs
_ANY_WORDS = 4  # from "any" or "ever" to a hit
_ANY = frozenset({"any", "ever", "anything", "anybody", "anyone", "either"})
#: "and" before one of these begins another statement: no longer a list.
_ANDS = frozenset({"and", "so", "then"})
_STARTERS = frozenset({"they", "it", "there", "this", "have", "be", "do", "then", "later", "who"})
_TOPICS = frozenset({RuleKind.PROXIMITY, RuleKind.GOOD_PRACTICE})
_NAME_BREAKS = frozenset({"by", "to", "of", "from", "and", "the", "a", "in", "their", "be", "at"})


class Judgement(NamedTuple):
    """An assertion and the words that decided it; "" when nothing spoke against affirmed."""

    assertion: Assertion
    reason: str = ""


class AssertionRules:
    """Judges hits by their surroundings."""

    def __init__(self, terms: Terms, context: AssertionContext) -> None:
        self._context = context
        self._cancelled = terms.add(context.cancelled_by)
        self._named_after = terms.add(context.named_after)
        self._practice = terms.add(context.practice_negated_by)
        self._reported = terms.add(context.reported_by)
        self._acts = terms.add(context.negation_ended_by)
        self._not_adopted = terms.add(context.not_adopted)
        self._groups = [
            (group, terms.add(group.before), terms.add(group.after)) for group in context.groups
        ]

    def of_section(self, segment: Segment) -> Judgement | None:
        """What the section or the kind of a segment decides for all that stands in it."""
        if segment.kind in self._context.kinds:
            return Judgement(self._context.kinds[segment.kind], f"in a {segment.kind.value}")
        if segment.section_role in self._context.sections:
            name = segment.section_role.value.replace("_", " ")
            return Judgement(self._context.sections[segment.section_role], f"in {name}")
        return None

    def judge(
        self,
        hit: Hit,
        passage: Passage,
        spans: Spans,
        is_practice: bool,
        names: Sequence[tuple[int, int]] = (),
    ) -> Judgement:
        """The assertion of one hit, from the words of its own sentence.

        ``names`` are spans in which no word is a trigger ("Suspect 1").
        """
        if hit.pattern.kind is RuleKind.NEGATED_CUE:
            return Judgement(Assertion.NEGATED, "the words themselves")
        acts = spans.get(self._acts, ())
        cancelled = (*within(spans.get(self._cancelled, ()), *passage.sentence(hit.anchor)), *names)
        for group, before, after in self._groups:
            if is_practice and not group.of_practice:
                continue
            if is_practice and group.assertion is Assertion.NEGATED:
                before, after = self._practice, -1  # "not shared" is the failing, not its denial
            ended = () if is_practice or group.assertion is not Assertion.NEGATED else acts
            for first, last in self._governing(group, (before, after), hit, passage, spans):
                # "did not ask about his drinking" denies the question alone
                is_of_act = bool(within(ended, last, hit.first))
                if not (is_of_act or any(first < end and start < last for start, end in cancelled)):
                    return Judgement(group.assertion, passage.slice(first, last))
            if group.assertion is Assertion.GENERAL and not is_practice:
                named = self._named(hit, passage, spans)
                if named:
                    return Judgement(Assertion.GENERAL, named)
        return self._left_open(hit, passage, spans, is_practice)

    def _left_open(self, hit: Hit, passage: Passage, spans: Spans, is_practice: bool) -> Judgement:
        """Affirmed, unless the words themselves or those around them leave it open."""
        if hit.pattern.suspected:
            return Judgement(Assertion.SUSPECTED, "the words themselves")
        doubt = "" if is_practice else self._doubt(hit, passage, spans)
        return Judgement(Assertion.SUSPECTED, doubt) if doubt else Judgement(Assertion.AFFIRMED)

    def _doubt(self, hit: Hit, passage: Passage, spans: Spans) -> str:
        """The words that leave open what is told: a query, or an account that is not adopted.

        Not to adopt an account takes a sentence of its own: "Hospital records neither support
        nor contradict this." It reaches back to what somebody told in the two before it.
        """
        start = passage.starts[hit.first]
        if passage.text[max(0, start - 1) : start] == "?":
            return "?"
        first, last = passage.sentence(hit.anchor)
        own = within(spans.get(self._not_adopted, ()), first, last)
        if own:
            return passage.slice(*own[0])
        told = within(spans.get(self._reported, ()), first, hit.last)
        end = last
        for _ in range(_LATER_SENTENCES):
            end = passage.sentence(end)[1] if end < len(passage) else end
        later = within(spans.get(self._not_adopted, ()), last, end)
        return passage.slice(*later[0]) if told and later else ""

    @staticmethod
    def _governing(
        group: TriggerGroup, terms: tuple[int, int], hit: Hit, passage: Passage, spans: Spans
    ) -> Iterator[tuple[int, int]]:
        """The triggers of a group, before the hit and after it, that reach it."""
        sentence = passage.sentence(hit.anchor)
        for first, last in within(spans.get(terms[0], ()), *sentence):
            if _governs((first, last), group, hit, passage):
                yield first, last
        for first, last in within(spans.get(terms[1], ()), *sentence):
            if first >= hit.last and _in_scope((hit.last, first), group, hit, passage):
                yield first, last

    def _named(self, hit: Hit, passage: Passage, spans: Spans) -> str:
        """The service, policy or training that is named after the factor, or ""."""
        end = min(passage.sentence(hit.anchor)[1], hit.last + self._context.named_after_words)
        for first, last in within(spans.get(self._named_after, ()), hit.last, end):
            between = range(hit.last, first)
            # A word between ("abuse by a worker") breaks the name.
            if not any(
                passage.keys[p] in _NAME_BREAKS or not passage.words[p].isalpha() for p in between
            ):
                return passage.slice(first, last)
        return ""


def _governs(trigger: tuple[int, int], group: TriggerGroup, hit: Hit, passage: Passage) -> bool:
    """Whether a trigger before a hit, or inside it, reaches it."""
    first, last = trigger
    # "may have" and "have a knife" share a word.
    if first < hit.first and last < hit.last:
        near = _in_scope((min(last, hit.first), hit.first), group, hit, passage)
        return near or (group.bare and _has_any(last, hit, passage))
    return _is_between_parts(trigger, hit, passage)


def _is_between_parts(trigger: tuple[int, int], hit: Hit, passage: Passage) -> bool:
    """Whether a trigger stands inside a hit and governs its next part: "Her husband never hit"."""
    first, last = trigger
    if hit.kind in _TOPICS or not hit.first < first < hit.last:
        return False
    if any(first < part[1] and part[0] < last for part in hit.parts):
        return False
    start = min((part[0] for part in hit.parts if part[0] >= last), default=None)
    if start is None or start - last > _INSIDE_WORDS:
        return False
    return not any(
        p in passage.after_commas or passage.keys[p] == "and" for p in range(last, start)
    )


def _has_any(last: int, hit: Hit, passage: Passage) -> bool:
    """Whether a negative reaches a hit by an "any" or "ever" before it, however far away."""
    start = max(last, hit.first - _ANY_WORDS)
    return passage.same_part(max(last - 1, 0), hit.first) and any(
        key in _ANY for key in passage.keys[start : hit.first + 1]
    )


def _in_scope(between: tuple[int, int], group: TriggerGroup, hit: Hit, passage: Passage) -> bool:
    first, last = between
    if last - first > group.reach_words or not passage.same_part(max(first - 1, 0), last):
        return False
    if any(word in _TURNS for word in passage.keys[first:last]):
        return False
    if group.in_clause and passage.clause(max(first - 1, 0)) != passage.clause(last):
        return False
    is_after = first == hit.last
    if (group.bare or is_after) and any(
        passage.keys[p] in _ANDS and passage.keys[p + 1] in _STARTERS for p in range(first, last)
    ):
        return False  # "will not have the injection and he has stopped washing"
    crosses_comma = any(position in passage.after_commas for position in range(first, last + 1))
    if group.bare and crosses_comma:
        return any(key in {"or", "nor"} for key in passage.keys[first : hit.last + _LIST_WORDS])
    return True


def resolve_valence(hits: list[Hit], passage: Passage) -> list[Hit]:
    """Of a topic near praise and near a deficiency, the reading that stands.

    Praise blocks the deficiency, unless a negative stands directly before it ("not timely",
    "should have been more thorough"): then the deficiency stands.
    """
    praise: dict[tuple[str, int], list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.pattern.kind is RuleKind.GOOD_PRACTICE and not _undone(hit, passage):
            praise[hit.pattern.code_id, passage.sentence(hit.first)[0]].append(hit)
    kept: list[Hit] = []
    for hit in hits:
        if hit.pattern.valence is Valence.POSITIVE and _undone(hit, passage):
            continue
        rivals = praise[hit.pattern.code_id, passage.sentence(hit.first)[0]]
        if hit.pattern.kind is not RuleKind.PROXIMITY or not rivals:
            kept.append(hit)
    return kept


_UNDOING = frozenset({"not", "no", "never", "without", "more", "should", "lack", "nor", "neither",
                      "less", "insufficiently", "hardly", "nobody", "none", "could", "would",
                      "fail", "inadequat"})  # fmt: skip


def _undone(hit: Hit, passage: Passage) -> bool:
    start = passage.sentence(hit.first)[0]
    window = passage.keys[max(start, hit.first - 3) : hit.last]
    return any(key in _UNDOING for key in window)
