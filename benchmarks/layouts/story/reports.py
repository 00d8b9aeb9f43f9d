"""Reports of inquiries and committees, and those that are set in columns."""

from __future__ import annotations

from functools import partial

from benchmarks.layouts.story import houses
from benchmarks.layouts.story import sections as s
from benchmarks.layouts.story.recipe import Recipe

P = partial
LONG = P(s.chronology, n=26, long=True)


def inquiries() -> list[Recipe]:
    """Volumes of public inquiries."""
    return [
        Recipe(
            house=houses.inquiry("L01_inquiry", "The Aldermoss Inquiry", number="4.12."),
            sections=(s.cover, P(s.contents, style="none"), s.facts, s.analysis, s.findings,
                      s.recommendations),
            traits=("inquiry", "justified", "roman_front", "notes"),
            note_share=0.4,
        ),
        Recipe(
            house=houses.inquiry(
                "L02_inquiry_hyphens", "The Tidewell Inquiry", hyphenate=True, kerned=True,
                ligatures=True, family="stix", draw={"mode": "kerned"}, split_notes=True,
                looks={"paragraph": {"size": 10.5}},
            ),
            sections=(s.method, P(s.facts, n=16), s.analysis, s.findings),
            traits=("hyphens", "no_spaces", "kerned", "ligatures", "long_notes"),
            note_share=0.5, settings=("long_notes",),
        ),
        Recipe(
            house=houses.inquiry(
                "L07_inquiry_crop", "The Carrowby Inquiry", hyphenate=True, hyphen="\u00ad",
                sheet={"bleed": 28.0}, draw={"mode": "spaced", "tagged": True},
            ),
            sections=(P(s.contents, style="spaced_dots"), s.facts, s.figure, P(s.analysis, n=12),
                      P(s.recommendations, style="letter")),
            traits=("crop", "soft_hyphens", "tagged", "roman_front"), note_share=0.3,
        ),
        Recipe(
            house=houses.inquiry("L30_long_rows_open", "The Stannery Inquiry: Chronology",
                                 kerned=False, draw={"mode": "spaced"}, hyphenate=True),
            sections=(s.method, P(s.chronology, n=12, very_long=True, open_breaks=True), s.findings,
                      P(LONG, open_breaks=True, zebra=True)),
            traits=("ruled", "split_rows", "open_breaks"),
        ),
    ]  # fmt: skip


def committees() -> list[Recipe]:
    """Reports of committees of both houses."""
    return [
        Recipe(
            house=houses.lords("L03_lords", "Change in Practice", number="4.12."),
            sections=(P(s.contents, style="none"), s.terms, P(s.facts, n=14), s.analysis,
                      s.recommendations),
            traits=("mirrored", "tight_numbers", "raised_notes"), note_share=0.9,
        ),
        Recipe(
            house=houses.lords(
                "L04_lords_words", "Learning Lessons", hyphenate=True, kerned=True,
                draw={"mode": "words", "order": "feet_first"}, number="4.12.",
            ),
            sections=(s.method, P(s.facts, n=12), P(s.chronology, rules="half"), s.analysis),
            traits=("no_spaces", "hyphens", "feet_first", "half_ruled"), note_share=0.6,
        ),
        Recipe(
            house=houses.commons("L05_commons", "Response to Violence", number="12."),
            sections=(s.cover, P(s.contents, style="dots"), P(s.facts, n=14, subheads=False),
                      s.analysis, P(s.recommendations, style="run_in")),
            traits=("bold_numbers", "notes", "roman_front"), note_share=0.7,
        ),
        Recipe(
            house=houses.commons(
                "L06_commons_browser", "Response to Harm", number="12.", draw={"pen": "browser"},
                kerned=False,
            ),
            sections=(s.method, P(s.facts, n=12), s.people, s.analysis, s.recommendations),
            traits=("browser", "ruled", "notes"), note_share=0.5,
        ),
        Recipe(
            house=houses.lords(
                "L08_small_caps", "Patterns of Risk", number="12.", draw={"mode": "spaced"},
                looks={"heading1": {"small_caps": True, "upper": False, "under": ""},
                       "paragraph": {"number": "run_in", "indent": 0.0}},
            ),
            sections=(s.method, P(s.facts, n=12), s.analysis, s.findings, s.recommendations),
            traits=("small_caps", "run_in_numbers"), note_share=0.3,
        ),
        Recipe(
            house=houses.commons("L28_symbols_tagged", "Notes by Symbol", number="none",
                                 note_mark="symbol", draw={"tagged": True, "order": "bold_last"},
                                 family="times"),
            sections=(P(s.contents, style="page_first"), P(s.facts, n=16), s.analysis, s.glossary),
            traits=("symbols", "tagged", "bold_last"), note_share=0.5,
        ),
    ]  # fmt: skip


def columned() -> list[Recipe]:
    """Reports with pages in two columns."""
    columns = P(P, s.columns)
    justified = {key: {"align": "justify"} for key in ("unnumbered", "bullet1", "paragraph")}
    return [
        Recipe(
            house=houses.magazine("L20_two_columns", "Serious Violence: What We Learned"),
            sections=(s.cover, s.new_page, columns(s.method), columns(P(s.facts, n=14)), s.figure,
                      columns(s.analysis), P(s.recommendations, style="box")),
            traits=("two_columns", "bands"),
        ),
        Recipe(
            house=houses.magazine("L21_two_columns_glyphs", "Five Cases", hyphenate=True,
                                  kerned=True, family="stix", draw={"mode": "glyphs"},
                                  looks=justified),
            sections=(columns(P(s.facts, n=18)), P(s.case_box, fill="", bar="#c0394f"),
                      columns(P(s.analysis, n=12)), columns(s.findings)),
            traits=("two_columns", "glyphs", "hyphens", "no_spaces"),
        ),
        Recipe(
            house=houses.lords("L22_two_columns_notes", "A Review of Reviews", number="4.12",
                               draw={"order": "rows", "mode": "kerned"}, gap=30.0,
                               sheet={"margins": (60.0, 80.0, 60.0, 78.0)}, hyphenate=True),
            sections=(columns(P(s.facts, n=16)), columns(P(s.analysis, n=16))),
            traits=("two_columns", "notes", "drawn_by_rows", "no_spaces"), note_share=0.4,
        ),
        Recipe(
            house=houses.magazine("L23_two_columns_browser", "Hearing the Child",
                                  draw={"pen": "browser"}, family="sans", letter=True,
                                  looks=justified),
            sections=(columns(P(s.facts, n=16)), P(s.people, rules="half"), columns(s.analysis),
                      s.glossary),
            traits=("two_columns", "browser", "letter"),
        ),
    ]  # fmt: skip
