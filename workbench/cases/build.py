"""Readings of documents to cases."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple

from workbench.cases.link import Group, LinkSettings, Profile, link_documents
from workbench.cases.parts import SEVERAL_INCIDENTS, parts_of, people_of_part
from workbench.cases.people import merge_people, telling_name
from workbench.cases.rollup import case_states, reading_order
from workbench.cases.shingles import Shingler, words_of
from workbench.cases.subjects import Ownership, identities, ownership_of, subject_records
from workbench.cases.tables.readings import CASE_TABLE
from workbench.codebook import Codebook
from workbench.records import (
    EVIDENCE_ROLES,
    Case,
    CasePart,
    Coding,
    Document,
    Person,
    Reading,
    Segment,
    SegmentKind,
)

_NONE: Mapping[str, str] = MappingProxyType({})
_NOT_PROSE = frozenset({SegmentKind.RUNNING_MATTER, SegmentKind.CONTENTS_LINE})
_SLUG_LENGTH = 40
# What nearly every title says, and what therefore names no case.
_TITLE_WORDS = frozenset(
    re.findall(
        r"\w+",
        "28 a adult adults an and annex appendix board case care child children concerning "
        "copy death deaths died domestic executive family final following from full future "
        "homicide in independent inquiry into investigation investigations joint learning "
        "local mental health of offensive on overview partnership practice prevent prevention "
        "published redacted regarding regulation relating report respect review safeguarding "
        "safer serious summary the thematic to treatment version weapons who with",
    )
)
_ID_LENGTH = 6


class _Searched(NamedTuple):
    """What is kept of a segment."""

    ordinal: int
    words: bytes  # a hash of them
    n_words: int
    is_evidence: bool  # in a section that counts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Digest:
    """What is kept of a reading: its text and word boxes would fill the memory."""

    document: Document
    people: tuple[Person, ...]
    codings: tuple[Coding, ...]
    profile: Profile
    n_characters: int
    segments: tuple[_Searched, ...]
    ownership: Ownership | None


def build_cases(
    readings: Iterable[Reading],
    codebook: Codebook,
    linked: Mapping[str, str] = _NONE,
    settings: LinkSettings | None = None,
) -> tuple[Case, ...]:
    """The cases that the documents tell of, each once.

    Documents of one case (a summary of a review that is also there in full, a redacted copy, a
    re-issue) are joined; ``Case.link_reason`` says why. The longest document leads. A thematic
    review with a part for each of several people is one case for each of them (``Case.part``);
    what it says of several, or of nobody, belongs to none.

    Args:
        readings: In any order; it does not change the result. May be a generator: of each
            reading only what the cases need is kept. A document without segments (a scan that
            needs recognition, a file in quarantine) was not read and is no case.
        codebook: The one that the codings use.
        linked: Document id to the name of its case, as the user gave it. It is never overruled.
        settings: When two documents are joined without it.

    Returns:
        Cases by ``case_id``: the user's name or the title, and the first six characters of the
        leading document's id. A case of a table that others coded has ``n_words`` 0: how long
        its review is, is not known.

    Raises:
        KeyError: A coding uses a code that the codebook does not have.
        ValueError: Two readings are of one document.
    """
    shingler = Shingler()
    digests: dict[str, _Digest] = {}
    for reading in readings:
        document_id = reading.document.document_id
        if document_id in digests:
            raise ValueError(f"document {document_id} was read twice: give each reading once")
        if reading.segments:
            digests[document_id] = _digest(reading, shingler)
    groups = link_documents(
        [digest.profile for digest in digests.values()], linked, settings or LinkSettings()
    )
    members = [_leading_first(group, digests) for group in groups]
    case_ids = _case_ids(groups, members)
    cases = (
        case
        for case_id, group, documents in zip(case_ids, groups, members, strict=True)
        for case in _cases(case_id, group, documents, codebook)
    )
    return tuple(sorted(cases, key=lambda case: case.case_id))


def _digest(reading: Reading, shingler: Shingler) -> _Digest:
    prose = [segment for segment in reading.segments if segment.kind not in _NOT_PROSE]
    words = [words_of(segment.text) for segment in prose]
    people = [(person, telling_name(person)) for person in reading.people]
    # Rows of one table are worded alike and are different cases; their length says nothing.
    is_table = reading.document.producer == CASE_TABLE
    return _Digest(
        document=reading.document,
        people=reading.people,
        codings=reading.codings,
        profile=Profile(
            document_id=reading.document.document_id,
            title=_title(reading.document),
            shingles=shingler.shingles([] if is_table else words),
            names=frozenset(name for _, name in people if name and not is_table),
            portraits=frozenset(
                (name, person.role, person.age_years)
                for person, name in people
                if name and person.age_years is not None and not is_table
            ),
        ),
        n_characters=sum(len(segment.text) for segment in prose),
        segments=tuple(
            _segment_digest(*each, counted=not is_table) for each in zip(prose, words, strict=True)
        ),
        ownership=None if is_table else ownership_of(reading),
    )


def _segment_digest(segment: Segment, words: Sequence[str], *, counted: bool) -> _Searched:
    return _Searched(
        ordinal=segment.ordinal,
        words=blake2b(" ".join(words).encode(), digest_size=8).digest(),
        n_words=len(words),
        is_evidence=segment.section_role in EVIDENCE_ROLES and counted,
    )


def _title(document: Document) -> str:
    return document.title or document.file_name.removesuffix(".pdf")


def _leading_first(group: Group, digests: Mapping[str, _Digest]) -> tuple[_Digest, ...]:
    documents = (digests[document_id] for document_id in group.document_ids)
    return tuple(
        sorted(documents, key=lambda digest: (-digest.n_characters, digest.document.document_id))
    )


def _cases(
    case_id: str, group: Group, documents: Sequence[_Digest], codebook: Codebook
) -> Iterator[Case]:
    """The case of a group of documents, or one for each person of a review of several incidents."""
    whole = Case(
        case_id=case_id,
        title=_title(documents[0].document),
        review_type=next(
            (digest.document.review_type for digest in documents if digest.document.review_type), ""
        ),
        document_ids=tuple(digest.document.document_id for digest in documents),
        people=merge_people([digest.people for digest in documents]),
        states=(),
        n_segments=0,
        n_words=0,
        link_reason=group.reason,
    )
    parts: Mapping[str, CasePart] = {}
    owned = {each.document.document_id: each.ownership for each in documents if each.ownership}
    if whole.review_type in SEVERAL_INCIDENTS:
        parts = parts_of(whole.people, whole.review_id, owned)
    for person_id, part in parts.items():
        people = people_of_part(whole.people, part, whole.review_id, owned)
        subject = next(each for each in people if (whole.review_id, person_id) in identities(each))
        own = replace(
            whole,
            case_id=f"{case_id}-{person_id.lower()}",
            title=f"{subject.name}: {whole.title}",
            people=people,
            part=part,
        )
        yield _rolled_up(own, documents, codebook)
    if not parts:
        yield _rolled_up(whole, documents, codebook)


def _rolled_up(case: Case, documents: Sequence[_Digest], codebook: Codebook) -> Case:
    """The case with its states and records of people, and what was searched for it."""
    order = {document_id: rank for rank, document_id in enumerate(case.document_ids)}
    codings = sorted(
        (coding for digest in documents for coding in digest.codings if case.holds(coding)),
        key=lambda coding: reading_order(coding, order),
    )
    owners = {
        coding_id: (digest.document.document_id, owner)
        for digest in documents
        if digest.ownership
        for coding_id, (_, owner) in digest.ownership.codings.items()
    }
    searched = {
        (each.words, each.is_evidence): each.n_words
        for digest in documents
        for each in digest.segments
        if case.tells(digest.document.document_id, each.ordinal)
    }
    return replace(
        case,
        states=case_states(codings, codebook),
        n_segments=len(searched),
        n_words=sum(n for (_, is_evidence), n in searched.items() if is_evidence),
        subjects=subject_records(case.people, case.review_type, codings, owners, codebook),
    )


def _case_ids(groups: Sequence[Group], members: Sequence[Sequence[_Digest]]) -> list[str]:
    slugs = [
        slug(group.name or _title(documents[0].document))
        for group, documents in zip(groups, members, strict=True)
    ]
    leading = [documents[0].document.document_id for documents in members]
    short = [f"{name}-{lead[:_ID_LENGTH]}" for name, lead in zip(slugs, leading, strict=True)]
    uses = Counter(short)
    return [
        case_id if uses[case_id] == 1 else f"{name}-{lead}"
        for case_id, name, lead in zip(short, slugs, leading, strict=True)
    ]


def slug(title: str) -> str:
    """What is particular to a title, for a file name: ASCII letters, digits and hyphens.

    "Domestic Homicide Review into the death of Noreen in November 2022" gives
    "noreen-november-2022"; a title of general words only keeps them.
    """
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_title.lower().replace("'", ""))
    text = ""
    for word in [word for word in words if word not in _TITLE_WORDS] or words:
        longer = f"{text}-{word}" if text else word[:_SLUG_LENGTH]
        if len(longer) > _SLUG_LENGTH:
            break
        text = longer
    return text or "case"
