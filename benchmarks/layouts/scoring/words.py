"""Word-level scores: texts, boxes, order, running matter, footnotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from benchmarks.layouts.scoring.align import (
    ReadWord,
    TruthWord,
    bags,
    is_leader,
    longest_rise,
    match,
    normal,
    x_iou,
)
from benchmarks.layouts.scoring.tally import Tally

#: Kinds of page that have figures of their own.
CLASSES = ("two columns", "rotated", "turned")


def classes_of(page: dict[str, Any]) -> list[str]:
    """The classes of a page besides "all"."""
    held = (page["columns"] > 1, page["rotate"] != 0, page["turned"])
    return [name for name, has in zip(CLASSES, held, strict=True) if has]


def score_words(
    truth: dict[str, Any], true: Sequence[TruthWord], read: Sequence[ReadWord], tally: Tally
) -> None:
    """Texts by multiset and by place, and the widths of boxes."""
    kinds = {page["number"]: classes_of(page) for page in truth["pages"]}
    for page, (want, got) in sorted(bags(true, read).items()):
        shared = (want & got).total()
        for name in ("", *(f"{kind} " for kind in kinds[page])):
            tally.overlap(f"{name}words", shared, got.total(), want.total())
        for text in (want - got).elements():
            tally.fail("word missing", page, text)
        for text in (got - want).elements():
            tally.fail("word that is not there", page, text)
    matched = match(true, read)
    same = [
        (own, true[other])
        for own, other in ((read[k], v) for k, v in matched.items())
        if normal(own.text) == normal(true[other].text) and not is_leader(own.text)
    ]
    n_true = sum(not is_leader(word.text) for word in true)
    n_read = sum(not is_leader(word.text) for word in read)
    tally.overlap("words in place", len(same), n_read, n_true)
    for own, word in same:
        if not any(page["turned"] for page in truth["pages"] if page["number"] == own.page):
            iou = x_iou(own, word)
            tally.count("x-IoU of word boxes", iou)
            tally.count("word boxes with x-IoU of at least .8", iou >= 0.8)
            if iou < 0.8:
                tally.fail("box too wide or narrow", own.page, f"{own.text}: x-IoU {iou:.2f}")


def score_order(
    truth: dict[str, Any],
    true: Sequence[TruthWord],
    read: Sequence[ReadWord],
    tally: Tally,
    name: str,
) -> None:
    """Longest common subsequence with the words of the body, page by page, over their number.

    Running matter, notes (conventions differ on where they stand), margin notes, labels of
    figures, numbers, bullets and repeated heads are left out.
    """
    kinds = {page["number"]: classes_of(page) for page in truth["pages"]}
    blocks = truth["blocks"]
    counts = [
        word.part == "body" and blocks[word.block]["kind"] not in ("running_matter", "footnote")
        for word in true
    ]
    pages: dict[int, list[int]] = defaultdict(list)
    matched = match(true, read)
    for number, own in enumerate(read):
        other = matched.get(number)
        if other is not None and counts[other]:
            pages[own.page].append(other)
    total: dict[int, int] = defaultdict(int)
    for word, counted in zip(true, counts, strict=True):
        total[word.page] += counted
    for page, n in sorted(total.items()):
        rise = longest_rise(pages[page])
        whole = () if "turned" in kinds[page] else ("",)
        for kind in (*whole, *(f"{kind} " for kind in kinds[page])):
            tally.count(f"{kind}{name}", rise, n)
        if n and rise / n < 0.97:
            tally.fail(name, page, f"{rise} of {n} words in order")


def score_kinds(
    truth: dict[str, Any],
    true: Sequence[TruthWord],
    kind_of: dict[int, str],
    tally: Tally,
) -> None:
    """Words of running matter and of footnotes: what was called so, and what is."""
    blocks = truth["blocks"]
    for kind, name in (("running_matter", "running matter"), ("footnote", "footnotes")):
        wrong: dict[tuple[int, str], list[str]] = defaultdict(list)
        for number, word in enumerate(true):
            # The mark before a note, leaders and repeated heads belong to no segment for sure.
            if word.part not in ("body", "margin_note", "label") or is_leader(word.text):
                continue
            if kind == "running_matter" and word.part == "margin_note":
                continue  # beside the text: whether it is running matter is a convention
            is_true = blocks[word.block]["kind"] == kind
            is_read = kind_of.get(number) == kind
            shared = is_true and is_read
            tally.count(f"{name} recall", shared, is_true)
            tally.count(f"{name} precision", shared, is_read)
            if is_true != is_read:
                was = (
                    f"read as {kind_of.get(number, 'nothing')}"
                    if is_true
                    else (f"{blocks[word.block]['kind']} read as it")
                )
                wrong[word.page, was].append(word.text)
        for (page, was), words in sorted(wrong.items()):
            tally.fail(f"{name}: {was}", page, " ".join(words))
