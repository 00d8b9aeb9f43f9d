"""Segments to people and codings, by rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from workbench.codebook import Codebook
from workbench.coding.assertion import AssertionRules, Judgement, resolve_valence
from workbench.coding.matching import Hit, Matcher
from workbench.coding.matrix import matrix_rows, of_columns
from workbench.coding.people import Directory, Memory, MentionFinder, find_people
from workbench.coding.rules.context import load_context
from workbench.coding.rules.lexicon import RuleKind, load_lexicon
from workbench.coding.settling import (
    BESIDE,
    Place,
    leave_out_strangers,
    place_of,
    settle,
    share_home,
)
from workbench.coding.span import evidence_span
from workbench.coding.subject import SubjectRules
from workbench.coding.surroundings import Subject, Surroundings, with_company
from workbench.coding.text.passage import Passage, read_passage
from workbench.coding.text.terms import Spans, Terms, within
from workbench.coding.timing import TimingRules, incident_month, tells_the_past
from workbench.records import (
    Assertion,
    Code,
    Coding,
    Document,
    Person,
    Segment,
    SegmentKind,
    SubjectRole,
    Temporality,
    Valence,
)

CODING_VERSION = "4"
LEXICON_NAME = "lexicon.yaml"
#: Headings and the like name topics; they assert nothing.
_UNCODED = frozenset({SegmentKind.HEADING, SegmentKind.CAPTION, SegmentKind.CONTENTS_LINE,
                      SegmentKind.RUNNING_MATTER})  # fmt: skip


_LETTERS = frozenset({"coroner", "other"})  # kinds of review that are no review of a case
#: An inspection that says "he" or "her" tells of a real child.
_ONE_PERSON = frozenset({"he", "him", "his", "she", "her", "herself", "himself"})
_AFTER = Temporality.POST_INCIDENT
_ROWS = frozenset({SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY})


class Coder:
    """Codes documents with the cues of a codebook and the triggers of a context file.

    A ``lexicon.yaml`` beside the context file adds patterns to the codebook's cues.
    """

    def __init__(self, codebook: Codebook, context_path: Path) -> None:
        lexicon_path = context_path.with_name(LEXICON_NAME)
        self._context = load_context(context_path)
        lexicon = load_lexicon(codebook, lexicon_path if lexicon_path.is_file() else None)
        self._codes = {code.code_id: code for code in codebook.codes}
        self._terms = Terms()
        self._matcher = Matcher(self._terms, lexicon)
        self._assertions = AssertionRules(self._terms, self._context.assertion)
        self._concrete = self._terms.add(self._context.subjects.concrete)
        self._timing = TimingRules(self._terms, self._context.temporality)
        hashes = (codebook.content_hash, self._context.content_hash, lexicon.content_hash)
        joined = hashlib.sha256("".join((*hashes, CODING_VERSION)).encode()).hexdigest()
        self._version = f"{CODING_VERSION}-{joined[:12]}"

    @property
    def version(self) -> str:
        """Changes with the codebook, the context, the lexicon or the rules."""
        return self._version

    def code(
        self, document: Document, segments: Sequence[Segment]
    ) -> tuple[tuple[Person, ...], tuple[Coding, ...]]:
        """The people and the codings of one document, in the order of its text."""
        directory = find_people(document, segments, self._context)
        reading = _DocumentCoder(self, directory, incident_month([s.text for s in segments]))
        rows = matrix_rows(segments, directory.people)
        codings: list[Coding] = []
        for segment in segments:
            said = reading.code(segment)
            if row := rows.get(segment.ordinal):
                said = of_columns(said, row, self._codes, self._context.subjects.derived)
            codings += said
        weak = reading.weak
        # Of a passage alone, or of a letter, it is not known who belongs to the case.
        is_case = directory.review_kind not in _LETTERS and directory.tells_of_mains()
        if is_case:
            weak |= {place_of(c) for c in codings if not c.person_id and c.subject_role in BESIDE}
        settled = settle(codings, weak)
        if is_case:
            settled = leave_out_strangers(settled)
        shared = share_home(settled, directory.siblings(), self._context.subjects.shared_codes)
        return directory.people, shared


class _DocumentCoder:
    """Codes the segments of one document in order, remembering who was spoken of."""

    def __init__(self, coder: Coder, directory: Directory, incident: int | None) -> None:
        self._coder = coder
        self._subjects = SubjectRules(coder._context.subjects, directory)
        self._mentions = MentionFinder(directory, coder._context.people)
        self._memory = Memory(directory.prominence)
        self._incident = incident
        self.weak: set[Place] = set()  # codings whose subject nothing in their sentence told
        is_letter = directory.review_kind in _LETTERS
        context = coder._context
        self._strengths = context.letter_strengths if is_letter else context.strengths

    def code(self, segment: Segment) -> Iterator[Coding]:
        """The codings of one segment."""
        passage = read_passage(segment.text)
        if not len(passage) or segment.kind is SegmentKind.RUNNING_MATTER:
            return
        is_heading = segment.kind is SegmentKind.HEADING
        before = self._memory.ranked()
        mentions = self._mentions.find(passage, self._memory, is_heading=is_heading)
        if segment.kind not in _UNCODED:
            spans = self._coder._terms.find(passage)
            hits = resolve_valence(self._coder._matcher.find(passage, spans), passage)
            # A row of a table says nothing of the row before it.
            is_row = segment.kind in _ROWS
            around = Surroundings(
                mentions, () if is_row else before, segment.kind is SegmentKind.TABLE_ROW
            )
            drafts = (c for hit in hits for c in self._draft(segment, passage, spans, hit, around))
            yield from merge(drafts, passage, segment)

    def _draft(
        self, segment: Segment, passage: Passage, spans: Spans, hit: Hit, around: Surroundings
    ) -> Iterator[Coding]:
        code = self._coder._codes[hit.pattern.code_id]
        practice = self._subjects.bearer(code) == "agency"
        mentions = around.near(hit, passage)
        names = [(m.first, m.last) for m in mentions if m.person_id and m.words[0].isupper()]
        judged = self._coder._assertions.of_section(segment)
        if judged is None:
            judged = self._coder._assertions.judge(hit, passage, spans, practice, names)
        decided = self._subjects.of_assertion(code, judged.assertion)
        sentence = passage.sentence(hit.first)
        is_concrete = bool(within(spans.get(self._coder._concrete, ()), *sentence)) or any(
            word.lower() in _ONE_PERSON for word in passage.words[sentence[0] : sentence[1]]
        )
        is_timeless = judged.assertion is Assertion.AFFIRMED and not tells_the_past(
            passage.words[sentence[0] : sentence[1]]
        )
        subjects = (decided,) if decided else self._subjects.choose(code, hit, passage, around)
        subjects = with_company(subjects, hit, passage, mentions)
        for chosen in subjects:
            judgement, subject = self._subjects.of_group(
                code, judged, chosen, is_concrete=is_concrete, is_timeless=is_timeless
            )
            time = self._coder._timing.of_assertion(judgement.assertion) or (
                self._coder._timing.choose(
                    code, subject.role, hit, (passage, spans), self._incident
                )
            )
            coding = self._coding(segment, passage, hit, code, (judgement, subject, time))
            if subject.is_weak:
                self.weak.add(place_of(coding))
            yield coding
            derived = self._coder._context.subjects.derived.get(code.code_id)
            # What a parent never did the other may have done; what came after came too late.
            passes = judgement.assertion is not Assertion.NEGATED and time is not _AFTER
            if derived and passes and self._subjects.is_parent(subject):
                for child in self._subjects.children_of(subject):
                    yield self._coding(
                        segment, passage, hit, self._coder._codes[derived],
                        (judgement, child, Temporality.CHILDHOOD), RuleKind.DERIVED,
                    )  # fmt: skip

    def _coding(
        self,
        segment: Segment,
        passage: Passage,
        hit: Hit,
        code: Code,
        reading: tuple[Judgement, Subject, Temporality],
        kind: RuleKind | None = None,
    ) -> Coding:
        judgement, subject, time = reading
        start, end = evidence_span(hit, passage)
        return Coding(
            document_id=segment.document_id,
            segment=segment.ordinal,
            start_char=segment.start_char + start,
            end_char=segment.start_char + end,
            text=segment.text[start:end],
            code_id=code.code_id,
            assertion=judgement.assertion,
            subject_role=subject.role,
            section_role=segment.section_role,
            temporality=time,
            valence=hit.pattern.valence if code.has_valence else Valence.NOT_APPLICABLE,
            score=self._strengths.of(code.code_id, kind or hit.kind),
            source=f"rule:{self._coder.version}",
            person_id=subject.person_id,
            explanation=explain(hit, judgement, subject),
        )


def explain(hit: Hit, judgement: Judgement, subject: Subject) -> str:
    """For people: which words, which trigger, whose."""
    parts = [f"{hit.kind.value.replace('_', ' ')} '{hit.words}'"]
    if judgement.assertion is not Assertion.AFFIRMED:
        parts.append(f"{judgement.assertion.value} by '{judgement.reason}'")
    if subject.role not in (SubjectRole.AGENCY, SubjectRole.NOT_APPLICABLE):
        parts.append(f"subject '{subject.reason}' -> {subject.role.value}")
    return "; ".join(parts)


def merge(codings: Iterable[Coding], passage: Passage, segment: Segment) -> list[Coding]:
    """One coding for each code, role, assertion, valence and sentence; the strongest stays."""
    best: dict[tuple[str, ...], Coding] = {}
    for coding in codings:
        key = (
            coding.code_id, coding.subject_role, coding.person_id, coding.assertion, coding.valence,
            str((coding.start_char, coding.end_char)),
        )  # fmt: skip
        rival = best.get(key)
        if rival is None or coding.score > rival.score:
            best[key] = coding
    return sorted(
        best.values(), key=lambda c: (c.start_char, c.end_char, c.code_id, c.subject_role)
    )
