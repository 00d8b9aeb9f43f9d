"""The register of recommendations: by addressee, by theme, and those that reviews repeat (T7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.publish.names import page_path, segment_anchor, stem
from workbench.publish.registers.words import place_of
from workbench.publish.site.passages import place_of as printed_place
from workbench.publish.site.render import Site
from workbench.publish.site.sheets import segment_key
from workbench.records import Case, Code, Reading, Segment
from workbench.records.register import LinkBasis, RegisterEntry

#: Themes of the table of addressees by theme; each addressee's page has all.
N_THEMES = 8
NO_ADDRESSEE, NO_THEME = "none", "none"
BASES = {
    LinkBasis.PRINTED: "as the review says",
    LinkBasis.CODE_AND_WORDS: "by theme and words",
    LinkBasis.WORDS: "by words only",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who makes a recommendation: a review, which may be several cases."""

    key: str
    title: str
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One recommendation for readers. Paths lead from the report's root."""

    key: str
    review: Review
    number: str
    text: str
    addressee: str
    timescale: str
    page: int
    href: str
    themes: Sequence[Code]
    kinds: Sequence[str]  # labels
    n_reviews: int  # that ask the same, this one included
    group: str
    answers: str  # "Paragraph 5.12" of what it answers, "" where nothing was found
    answers_href: str
    answers_basis: str
    answers_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Recommendations under one heading."""

    key: str
    title: str
    href: str
    items: Sequence[Item]

    @property
    def n_reviews(self) -> int:
        """The reviews that make them."""
        return len({item.review.key for item in self.items})


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossRow:
    """One kind of addressee: its recommendations, and how many on each of the themes shown."""

    part: Part
    cells: Sequence[tuple[int, str]]  # number, path of the list


def write_register(site: Site) -> None:
    """Write ``recommendations.html`` and a page for each kind of addressee and each theme."""
    publication = site.catalogue.publication
    items = _items(site, publication.register)
    by_review = _parts(items, lambda item: [(item.review.key, item.review.title)], "cases", "{}")
    by_kind = _parts(
        items,
        lambda item: [(kind, publication.agency_labels[kind]) for kind in item.kinds]
        or [(NO_ADDRESSEE, "No addressee that words tell")],
        "recommendations", "for-{}",
    )  # fmt: skip
    by_theme = _parts(
        items,
        lambda item: [(code.code_id, code.label) for code in item.themes]
        or [(NO_THEME, "No theme of the codebook")],
        "recommendations", "on-{}",
    )  # fmt: skip
    shown = [part for part in by_theme if part.key != NO_THEME][:N_THEMES]
    repeated = _parts(
        [item for item in items if item.group],
        lambda item: [(item.group, "")], "recommendations", "{}",
    )  # fmt: skip
    site.write(
        "recommendations.html",
        "registers/recommendations.html",
        n=len(items),
        by_review=by_review,
        by_kind=by_kind,
        by_theme=by_theme,
        themes=shown,
        cross=[_cross_row(part, shown) for part in by_kind],
        repeated=sorted(repeated, key=lambda part: (-part.n_reviews, part.key)),
        n_linked=sum(bool(item.answers_href) for item in items),
    )
    for what, parts in (("for", by_kind), ("on", by_theme)):
        for part in parts:
            site.write(
                part.href,
                "registers/recommendations-list.html",
                section="recommendations.html",
                what=what,
                part=part,
                sections=_sections(what, part),
            )


def _sections(what: str, part: Part) -> list[Part]:
    """The page of an addressee by theme, the page of a theme by addressee."""

    def key(item: Item) -> list[tuple[str, str]]:
        if what == "for":
            found = [(code.code_id, code.label) for code in item.themes]
            return found or [(NO_THEME, "No theme of the codebook")]
        return [(kind, kind) for kind in item.kinds] or [(NO_ADDRESSEE, NO_ADDRESSEE)]

    return _parts(part.items, key, "", "{}")


def _cross_row(part: Part, themes: Sequence[Part]) -> CrossRow:
    cells = []
    for theme in themes:
        n = sum(any(code.code_id == theme.key for code in item.themes) for item in part.items)
        cells.append((n, f"{part.href}#on-{stem(theme.key)}"))
    return CrossRow(part=part, cells=cells)


def _parts(
    items: Sequence[Item],
    keys_of: Callable[[Item], Sequence[tuple[str, str]]],
    folder: str,
    name: str,
) -> list[Part]:
    """The items by each of their keys; most first, what has no key last."""
    found: dict[str, list[Item]] = {}
    titles: dict[str, str] = {}
    for item in items:
        for key, title in keys_of(item):
            found.setdefault(key, []).append(item)
            titles[key] = title
    parts = [
        Part(
            key=key, title=titles[key], items=of_key,
            href=f"{folder}/{name.format(stem(key))}.html",
        )
        for key, of_key in found.items()
    ]  # fmt: skip
    if folder == "cases":
        return parts
    return sorted(parts, key=lambda part: (part.key == "none", -len(part.items), part.title))


def _items(site: Site, entries: Sequence[RegisterEntry]) -> list[Item]:
    asking: dict[str, set[str]] = {}
    for entry in entries:
        asking.setdefault(entry.group, set()).add(entry.review_id)
    found = []
    for entry in entries:
        reading = site.catalogue.publication.readings.get(entry.recommendation.document_id)
        cases = [
            site.catalogue.cases[case_id]
            for case_id in entry.case_ids
            if case_id in site.catalogue.cases
        ]
        if reading is not None and cases:
            n = len(asking[entry.group]) if entry.group else 1
            found.append(_item(site, entry, reading, _review(entry.review_id, cases, reading), n))
    return found


def _review(key: str, cases: Sequence[Case], reading: Reading) -> Review:
    """Named after its case; one of several cases after the document."""
    document = reading.document
    several = document.title or document.file_name.removesuffix(".pdf")
    return Review(key=key, title=cases[0].title if len(cases) == 1 else several, cases=cases)


def _item(
    site: Site, entry: RegisterEntry, reading: Reading, review: Review, n_reviews: int
) -> Item:
    said = entry.recommendation
    boxes = reading.frozen.boxes(said.start_char, said.end_char)
    page = boxes[0].page if boxes else 1
    anchor = f"#{segment_anchor(said.segment)}" if boxes else ""
    codebook = site.catalogue.publication.codebook
    answered = _segment(reading, entry.link.segment) if entry.link else None
    answers_page, answers_href = 0, ""
    if entry.link:
        answers_page, answers_href = place_of(reading, entry.link.start_char, entry.link.end_char)
    place = printed_place(answered) if answered else ""
    return Item(
        key=segment_key(said.document_id, said.segment),
        review=review,
        number=said.number,
        text=said.text,
        addressee=said.addressee,
        timescale=said.timescale,
        page=page,
        href=f"{page_path(said.document_id, page)}{anchor}",
        themes=[codebook.code(code_id) for code_id in entry.code_ids],
        kinds=entry.addressee_kinds,
        n_reviews=n_reviews,
        group=entry.group,
        answers=place or (f"page {answers_page}" if answers_href else ""),
        answers_href=answers_href,
        answers_basis=BASES.get(entry.link.basis, "") if entry.link else "",
        answers_score=entry.link.score if entry.link else 0.0,
    )


def _segment(reading: Reading, ordinal: int) -> Segment | None:
    return next((each for each in reading.segments if each.ordinal == ordinal), None)
