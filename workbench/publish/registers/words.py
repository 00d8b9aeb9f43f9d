"""Words that are no codings: where agencies are named, and what is dated; each with its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.publish.names import page_path
from workbench.publish.publication import Publication
from workbench.records import Box, Reading
from workbench.records.journey import AgencyMention, JourneyEvent

#: Start and end in a document's frozen text.
Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A stretch of a document for readers, with the part that matters marked."""

    key: str  # unique in the report
    before: str
    marked: str
    after: str
    kind: str  # of agency, "" for none
    page: int  # 0 where it stands on none
    href: str  # from the report's root


def words_anchor(start_char: int, end_char: int) -> str:
    """The anchor of a stretch of text on the page where it begins."""
    return f"w-{start_char}-{end_char}"


def place_of(reading: Reading, start_char: int, end_char: int) -> tuple[int, str]:
    """The page and the link, from the report's root, of a stretch of text; (0, "") for none."""
    boxes: Sequence[Box] = reading.frozen.boxes(start_char, end_char)
    if not boxes:
        return 0, ""
    page = boxes[0].page
    path = page_path(reading.document.document_id, page)
    return page, f"{path}#{words_anchor(start_char, end_char)}"


def marked_ranges(publication: Publication) -> Mapping[str, list[Range]]:
    """Document id -> the stretches that pages of the report link to, in order."""
    found: dict[str, set[Range]] = defaultdict(set)
    for journey in publication.journeys.values():
        for mention in journey.mentions:
            found[mention.document_id].add((mention.sentence_start, mention.sentence_end))
        for event in journey.events:
            found[event.document_id].add((event.start_char, event.end_char))
    for reading in publication.readings.values():
        for dated in reading.events:
            found[dated.document_id].add((dated.start_char, dated.end_char))
    for entry in publication.register:
        if entry.link:
            link = (entry.link.start_char, entry.link.end_char)
            found[entry.recommendation.document_id].add(link)
    return {key: sorted(ranges) for key, ranges in found.items()}


class WordsOf:
    """Looks up mentions and events of a publication."""

    def __init__(self, publication: Publication) -> None:
        self._readings = publication.readings
        self._mentions: dict[str, AgencyMention] = {}
        self._case_ids: dict[str, list[str]] = defaultdict(list)  # several in one review
        for journey in publication.journeys.values():
            for mention in journey.mentions:
                self._mentions[mention.mention_id] = mention
                self._case_ids[mention.mention_id].append(journey.case_id)

    def knows(self, passage_id: str) -> bool:
        """Whether it is the id of a mention of an agency."""
        return passage_id in self._mentions

    def of_mention(self, mention_id: str) -> Words:
        """The sentence or entry around a mention, the agency marked."""
        mention = self._mentions[mention_id]
        reading = self._readings[mention.document_id]
        text = reading.frozen.text
        page, href = place_of(reading, mention.sentence_start, mention.sentence_end)
        return Words(
            key=mention_id,
            before=text[mention.sentence_start : mention.start_char],
            marked=text[mention.start_char : mention.end_char],
            after=text[mention.end_char : mention.sentence_end].rstrip(),
            kind=mention.kind,
            page=page,
            href=href,
        )

    def by_case(self, passage_ids: Iterable[str]) -> dict[str, list[Words]]:
        """The mentions among these passages, by case, in their order."""
        found: dict[str, list[Words]] = defaultdict(list)
        for passage_id in passage_ids:
            if self.knows(passage_id):
                for case_id in dict.fromkeys(self._case_ids[passage_id]):
                    found[case_id].append(self.of_mention(passage_id))
        return found

    def place_of_event(self, event: JourneyEvent) -> tuple[int, str]:
        """The page and the link of an event."""
        return place_of(self._readings[event.document_id], event.start_char, event.end_char)
