"""Reports of partnerships, as word processors print them, with letters and forms."""

from __future__ import annotations

from functools import partial

from benchmarks.layouts.story import houses, letters
from benchmarks.layouts.story import sections as s
from benchmarks.layouts.story.recipe import Recipe

P = partial
LONG = P(s.chronology, n=26, long=True)


def tabled() -> list[Recipe]:
    """Reports with tables: ruled, half ruled and unruled, with rows over pages."""
    make = houses.partnership
    return [
        Recipe(
            house=make("L09_partnership", "Domestic Homicide Review: Nadia"),
            sections=(s.cover, s.contents, s.terms, s.method, s.facts, s.people, LONG, s.analysis,
                      s.recommendations),
            traits=("ruled", "split_rows", "nested_bullets"), note_share=0.2,
        ),
        Recipe(
            house=make("L10_partnership_rows", "Safeguarding Adults Review: Ivor",
                       draw={"mode": "spaced", "order": "rows", "rules": "pieces"}, number="4.1.2",
                       family="helvetica"),
            sections=(P(s.facts, n=12), s.people, P(LONG, open_breaks=True), s.analysis,
                      P(s.recommendations, style="table")),
            traits=("ruled", "split_rows", "drawn_by_rows"), note_share=0.2,
        ),
        Recipe(
            house=make("L11_half_ruled", "Child Safeguarding Practice Review: Leaf",
                       head_rule="#1d4f91", foot_rule="#1d4f91"),
            sections=(s.method, s.facts, P(s.people, rules="half"),
                      P(s.chronology, rules="half", n=22, long=True),
                      P(s.chronology, rules="head", n=16), P(s.glossary, rules="half")),
            traits=("half_ruled",),
        ),
        Recipe(
            house=make("L12_unruled", "Serious Case Review: Kit", family="stix",
                       draw={"mode": "kerned_spaces"}, kerned=True, number="4.12"),
            sections=(s.method, s.facts, P(s.people, rules="none"),
                      P(s.chronology, rules="none", n=22), s.glossary,
                      P(s.chronology, rules="none", n=12, long=True)),
            traits=("unruled",), note_share=0.2,
        ),
        Recipe(
            house=make("L13_browser_tables", "Joint Review: Rowan", draw={"pen": "browser"}),
            sections=(s.terms, s.facts, P(s.people, dark_head=True), P(LONG, zebra=True),
                      P(s.glossary, rules="full"), s.recommendations),
            traits=("browser", "ruled", "split_rows"),
        ),
        Recipe(
            house=make("L29_long_rows", "Combined Chronology: Ewan",
                                     family="helvetica", draw={"mode": "kerned"}, number="4.12"),
            sections=(P(s.chronology, n=10, very_long=True), P(LONG, repeat_head=False),
                      P(s.chronology, rules="half", n=8, very_long=True)),
            traits=("ruled", "half_ruled", "split_rows", "no_spaces"),
        ),
    ]  # fmt: skip


def shaped() -> list[Recipe]:
    """Reports with pages, margins and headings out of the common."""
    make = houses.partnership
    return [
        Recipe(
            house=make("L14_rotated_plan", "Adult Review: Asha", draw={"rules": "filled"}),
            sections=(s.method, s.facts, P(s.actions, sheet="rotated"), s.findings,
                      P(s.actions, sheet="rotated_left", n=8)),
            traits=("rotated", "ruled", "wide"),
        ),
        Recipe(
            house=make("L15_wide_plan", "Adult Review: Piotr", letter=True,
                       draw={"mode": "words"}, family="helvetica", number="4.12"),
            sections=(s.facts, s.actions, s.analysis, P(s.actions, sheet="turned", n=8)),
            traits=("wide", "turned", "letter", "no_spaces"),
        ),
        Recipe(
            house=make("L16_boxes", "Learning from Practice", number="none"),
            sections=(s.method, P(s.facts, n=8), s.case_box, P(s.analysis, n=8), s.case_box,
                      P(s.case_box, n=5), P(s.recommendations, style="box")),
            traits=("boxes",),
        ),
        Recipe(
            house=make("L17_margin_notes", "Independent Investigation: Mr J", number="12",
                       sheet={"margins": (140.0, 84.0, 60.0, 80.0)}, gap=24.0),
            sections=(s.method, P(s.facts, n=14), s.figure, s.analysis, s.recommendations),
            traits=("margin_notes",), note_share=0.2, settings=("margin_notes",),
        ),
        Recipe(
            house=make("L18_run_in_heads", "Domestic Homicide Review: Leila", number="4.1.2",
                       family="serif", kerned=True, draw={"mode": "kerned_spaces"},
                       looks={"heading1": {"tracking": 1.2}}),
            sections=(P(s.terms, style="i."), s.facts, s.analysis, P(s.chronology, n=8),
                      P(s.recommendations, style="letter")),
            traits=("run_in_heads", "tracked_heads"), note_share=0.2, settings=("run_in_heads",),
        ),
        Recipe(
            house=make("L19_upside_down", "Rapid Review: Sol", sheet={"rotate": 180},
                       draw={"mode": "glyphs"}, kerned=True, family="stix"),
            sections=(s.facts, s.people, s.analysis, s.findings, s.recommendations),
            traits=("rotated", "glyphs", "no_spaces"), note_share=0.3,
        ),
    ]  # fmt: skip


def letters_and_forms() -> list[Recipe]:
    """Letters of an inspectorate, forms of a coroner."""
    return [
        Recipe(
            house=houses.coroner("L24_form", "Report to Prevent Future Deaths"),
            sections=(letters.form,), traits=("form",),
        ),
        Recipe(
            house=houses.coroner("L25_form_words", "Report to Prevent Future Deaths (2)",
                                 draw={"mode": "words", "rules": "filled"}, family="sans"),
            sections=(letters.form,), traits=("form", "no_spaces"),
        ),
        Recipe(
            house=houses.inspectorate("L26_letter", "Focused visit to Stannery"),
            sections=(letters.letter,), traits=("letter_form", "square_bullets"),
        ),
        Recipe(
            house=houses.inspectorate("L27_numbered_letter", "Inspection of Carrowby",
                                      number="12.", draw={"double_struck": True}),
            sections=(letters.numbered_letter,), traits=("double_struck", "square_bullets"),
        ),
    ]  # fmt: skip
