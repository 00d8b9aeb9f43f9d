"""Whether "already coded as" says of topics what the truth's codings say.

    python -m benchmarks.topics_truth --workspace WORKSPACE --truth corpora/demo/truth

The workspace holds the demonstration corpus and has been run (``workbench run``). What the codes of
a topic are is found twice, by the same rule: from the workspace's own codings, and from the codings
of the truth whose quotations stand in the topic's passages.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from benchmarks.topics_asked import asked
from workbench.findings.topics import Coded, TopicPassage, Topics
from workbench.findings.topics.coded import code_overlaps, coded_as
from workbench.records import Reading


def main() -> None:
    """Print the figures."""
    wanted = asked(__doc__, "truth", "folder of truth files")
    readings = wanted.readings()
    for topics in wanted.topics():
        _print_truth(topics, readings, wanted.truth)


def _print_truth(topics: Topics, readings: Mapping[str, Reading], folder: Path) -> None:
    """Whether "already coded as" says of topics what the truth's codings say."""
    by_document = {each.document.document_id: each for each in readings.values()}
    of_truth = truth_codes(readings, folder)
    everything = [member for topic in topics.topics for member in topic.members] + list(
        topics.outliers
    )
    known = [each for each in everything if each.document_id in of_truth]
    place = {(m.document_id, m.ordinal): number for number, m in enumerate(known)}
    passages = [
        TopicPassage(
            document_id=each.document_id,
            ordinal=each.ordinal,
            review=each.document_id,
            text=by_document[each.document_id].segments[each.ordinal].text,
            codes=of_truth[each.document_id].get(each.ordinal, ()),
        )
        for each in known
    ]
    members = [
        [place[m.document_id, m.ordinal] for m in topic.members if m.document_id in of_truth]
        for topic in topics.topics
    ]
    overlaps = code_overlaps(passages, members)
    both: Counter[tuple[str, str]] = Counter()
    n_first = n_among = n_coded = 0
    for topic, of_topic in zip(topics.topics, overlaps, strict=True):
        told = coded_as(of_topic, topics.settings.coded_share)
        both[topic.coded.value, told.value] += 1
        if topic.coded is Coded.ALREADY:
            n_coded += 1
            codes = [each.code_id for each in of_topic]
            n_first += bool(codes) and topic.overlaps[0].code_id == codes[0]
            n_among += topic.overlaps[0].code_id in codes
    print(
        f"  of {n_coded} topics already coded by the rules the truth has the same first code on "
        f"{n_first}, and that code among those that stand out on {n_among}"
    )
    for (ours, by_truth), n in sorted(both.items()):
        print(f"  {ours} by the rules and {by_truth} by the truth: {n}")


def truth_codes(
    readings: Mapping[str, Reading], folder: Path
) -> dict[str, dict[int, tuple[str, ...]]]:
    """Document id -> segment -> codes of the truth whose quotation stands in the segment."""
    found: dict[str, dict[int, tuple[str, ...]]] = {}
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        reading = readings.get(f"{truth['id']}.pdf")
        if reading is None:
            continue
        texts = [_plain(segment.text) for segment in reading.segments]
        codes: dict[int, set[str]] = {}
        for coding in truth["codings"]:
            quote = _plain(coding["quote"])
            for ordinal, text in enumerate(texts):
                if quote in text:
                    codes.setdefault(ordinal, set()).add(coding["code"])
        found[reading.document.document_id] = {
            ordinal: tuple(sorted(of)) for ordinal, of in codes.items()
        }
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


if __name__ == "__main__":
    main()
