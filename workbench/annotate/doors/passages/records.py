"""A coded passage as another program has it, and what became of it here."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.records import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPassage:
    """Words that somebody coded in another program."""

    where: str  # "line 4", "selection of report.pdf": for messages
    document: str  # name of the document there
    code: str  # name or id of the code there
    quote: str  # the words; "" where the program keeps none
    coder: str = ""
    document_sha256: str = ""  # of the document's file, where it came along
    share: float | None = None  # how far into the document it begins, 0-1
    page: int = 0  # from 1, 0: not known
    paragraph: str = ""  # as printed
    assertion: str = ""
    subject_role: str = ""
    temporality: str = ""
    valence: str = ""
    coded_at: str = ""  # ISO 8601
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCode:
    """A code of another program's codebook."""

    name: str
    path: tuple[str, ...]  # names of the codes above it, the topmost first
    description: str = ""
    is_codable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAnchored:
    """A passage that could not be taken in, and why."""

    passage: ForeignPassage
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchoredPassages:
    """What became of some passages."""

    decisions: tuple[Decision, ...]
    n_alike: int  # of these, where spaces, marks, hyphens or capitals differ from ours
    not_anchored: tuple[NotAnchored, ...]
