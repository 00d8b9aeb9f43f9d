"""One schema out of the dialects in which the fictional reviews were written."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

JSON = dict[str, Any]

ROLES = (
    "index_child", "victim", "perpetrator", "deceased", "parent_carer", "sibling",
    "household_member", "peer", "patient_or_group", "agency", "place", "not_applicable",
)  # fmt: skip
#: For people whom no coding names: the role that their kinship suggests.
KINSHIP = (
    ("professional", "agency"),
    ("suspected_perpetrator", "perpetrator"),
    ("mother", "parent_carer"),
    ("father", "parent_carer"),
    ("sister", "sibling"),
    ("brother", "sibling"),
    ("sibling", "sibling"),
    ("friend", "peer"),
)
EVIDENCE = ("facts", "analysis", "findings")
CELL_SEPARATOR = " | "
#: Keys of paragraphs that are spelt in one way and kept.
KEPT = (
    "level", "parent_number", "text_printed", "box", "table", "attribution", "container",
    "case_person_id", "margin_note", "merged_date", "addressee",
)  # fmt: skip
MONTHS = tuple(calendar.month_name)


def normalise_truth(
    truth_id: str, written: JSON, source: JSON, relations: Mapping[str, str]
) -> JSON:
    """The truth in schema truth/1.

    Args:
        truth_id: Name of the document in the corpus.
        written: The author's truth file.
        source: The document's entry in sources.json.
        relations: Person id -> relation, where the author's role does not say it.
    """
    rows, contents, places = _paragraphs(written, source.get("contents_heading"))
    codings = _codings(written["codings"], rows, places)
    return {
        "schema": "truth/1",
        "id": truth_id,
        "case_id": source["case_id"],
        "kind": source["kind"],
        "title": written["title"],
        "fictional": True,
        "pages": written["pages"],
        "status": "ok",
        "lead": True,
        "people": _people(written, relations),
        "paragraphs": rows,
        "contents": contents or [_contents_line(line) for line in written.get("contents", ())],
        "running_matter": [{"position": p, "pattern": x} for p, x in source["running"]],
        "other_lines": [{"what": w, "pattern": x} for w, x in source.get("other_lines", ())],
        "codings": codings,
        "optional_codings": _codings(written.get("optional_codings", ()), rows, places),
        "case": written["case"],
        "case_positive_practice": practice_states(rows, codings),
        "case_suspected_only": suspected_states(rows, codings),
        **{key: written[key] for key in ("case_by_person", "cases") if key in written},
        "ace10": written["ace10"],
        "incident": {**written["incident"], **source.get("incident", {})},
        "chronology": [_event(entry) for entry in written["chronology"]],
        "recommendations": [_recommendation(entry) for entry in written["recommendations"]],
        "agencies": written["agencies"],
        "conventions": _list(written.get("conventions") or written.get("notes") or ()),
    }


def practice_states(paragraphs: list[JSON], codings: Iterable[JSON]) -> dict[str, list[str]]:
    """Codes with affirmed good practice in the evidence sections, and whose it was."""
    return _roles_by_code(
        c
        for c in codings
        if c["assertion"] == "affirmed" and c["valence"] == "positive" and _counts(paragraphs, c)
    )


def suspected_states(paragraphs: list[JSON], codings: list[JSON]) -> dict[str, list[str]]:
    """Codes and roles that some evidence section suspects and none affirms."""
    counted = [c for c in codings if _counts(paragraphs, c)]
    affirmed = {(c["code"], c["subject_role"]) for c in counted if c["assertion"] == "affirmed"}
    return _roles_by_code(
        c
        for c in counted
        if c["assertion"] == "suspected" and (c["code"], c["subject_role"]) not in affirmed
    )


def _counts(paragraphs: list[JSON], coding: JSON) -> bool:
    return paragraphs[coding["paragraph_index"]]["section_role"] in EVIDENCE


def _roles_by_code(codings: Iterable[JSON]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for coding in codings:
        found.setdefault(coding["code"], set()).add(coding["subject_role"])
    return {code: sorted(found[code]) for code in sorted(found)}


def _list(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]


def _paragraphs(
    written: JSON, heading: tuple[str, int] | None
) -> tuple[list[JSON], list[JSON], dict[int, int]]:
    """Paragraphs, lines of the contents page, and old index -> new index.

    Args:
        written: The author's truth file.
        heading: Text and page of the heading over the contents, where the author left it out.
    """
    rows: list[JSON] = []
    contents: list[JSON] = []
    places: dict[int, int] = {}
    for index, row in enumerate(written["paragraphs"]):
        if heading and row["page"] > heading[1]:
            place = {"section_role": "front_matter", "page": heading[1], "text": heading[0]}
            rows.append(_paragraph({"kind": "heading"} | place))
            heading = None
        if _is_contents_line(row):
            contents.append(_contents_line(row))
        else:
            places[index] = len(rows)
            rows.append(_paragraph(row))
    return rows, contents, places


def _is_contents_line(row: JSON) -> bool:
    in_front = row["kind"] == "table_row" and row["section_role"] == "front_matter"
    return bool(row.get("toc")) or (
        in_front and row["page"] in (2, 3) and row["text"][-1].isdigit()
    )


def _contents_line(row: JSON) -> JSON:
    title, page = row.get("title") or row["text"], row["page"]
    if "kind" in row:  # printed "1 Introduction 3": the page number ends the text
        title, _, page = re.fullmatch(r"(.*?)([ .|]+(\d+))?", row["text"]).groups()
        if row.get("number"):
            title = f"{row['number']} {title}"
    elif row.get("number"):
        title = f"{row['number']} {title}"
    return {"title": title, "page": int(page) if page else None}


def _paragraph(row: JSON) -> JSON:
    kind, text = row["kind"], row["text"]
    if kind in ("heading", "paragraph") and re.match(r"(Table|Figure) \d+\b", text):
        kind = "caption"
    number = row.get("number")
    result: JSON = {
        "number": re.sub(r"(?<=[\w)])\.$", "", number) if number else None,
        "kind": kind,
        "section_role": row["section_role"],
        "page": row["page"],
        "page_end": row.get("page_end") or max(row.get("pages") or [row["page"]]),
        "text": text,
    }
    cells = [cell for cell in row.get("cells") or () if cell]
    if cells and _letters("".join(cells)) == _letters(text):
        result |= {"text": CELL_SEPARATOR.join(cells), "cells": cells}
    elif cells:  # the cell with the number is not part of the text
        cells = [c for c in cells if _letters(c) in _letters(text)] or cells
        fits = _letters("".join(cells)) == _letters(text)
        result |= {"text": CELL_SEPARATOR.join(cells), "cells": cells} if fits else {}
    if any(row.get(key) for key in ("table_header", "header", "header_row", "is_table_header")):
        result["table_header"] = True
    return result | {key: row[key] for key in KEPT if row.get(key) is not None}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _codings(codings: Iterable[JSON], rows: list[JSON], places: dict[int, int]) -> list[JSON]:
    kept = (c for c in codings if c["paragraph_index"] in places)
    return [_coding(c, places[c["paragraph_index"]], rows) for c in kept]


def _coding(coding: JSON, index: int, rows: list[JSON]) -> JSON:
    text, assertion = rows[index]["text"], coding["assertion"]
    result = {
        "paragraph_index": index,
        "quote": _as_printed(coding["quote"], text),
        "code": coding["code"],
        "assertion": "general" if assertion == "other_case" else assertion,
        "subject_role": coding["subject_role"],
        "person_id": coding.get("person_id"),
        "temporality": coding["temporality"],
        "valence": coding.get("valence") or "not_applicable",
    }
    if coding.get("more_quotes"):
        result["more_quotes"] = [_as_printed(quote, text) for quote in coding["more_quotes"]]
    if coding.get("case_person_id"):
        result["case_person_id"] = coding["case_person_id"]
    return result


def _as_printed(quote: str, text: str) -> str:
    """The quote with the cell separators that the text now has."""
    if quote in text:
        return quote
    words = map(re.escape, quote.split())
    found = re.search(r"(?: | \| )".join(words), text)
    return found.group() if found else quote


def _people(written: JSON, relations: Mapping[str, str]) -> list[JSON]:
    used: dict[str, Counter[str]] = {}
    for coding in written["codings"]:
        if coding.get("person_id"):
            used.setdefault(coding["person_id"], Counter())[coding["subject_role"]] += 1
    return [_person(p, used.get(p["id"], Counter()), relations) for p in written["people"]]


def _person(person: JSON, used: Counter[str], relations: Mapping[str, str]) -> JSON:
    written = person["role"]
    role = written if written in ROLES else None
    if role is None and used:
        role = used.most_common(1)[0][0]
    if role is None:
        role = next((r for word, r in KINSHIP if word in written), "not_applicable")
    relation = relations.get(person["id"], "" if written in ROLES else written.replace("_", " "))
    age, result = person.get("age"), {"id": person["id"], "name": person["pseudonym"]}
    result |= {"aliases": person.get("aliases") or [], "role": role, "relation": relation}
    result |= {"age": _years(age), "sex": person.get("sex"), "ethnicity": person.get("ethnicity")}
    if isinstance(age, str) and not age.isdigit():
        result["age_printed"] = age
    return result


def _years(age: int | str | None) -> int | None:
    if isinstance(age, int) or age is None:
        return age
    if months := re.fullmatch(r"(\d+) months", age):
        return int(months[1]) // 12
    years = re.fullmatch(r"(\d+)(?: at death)?", age)
    return int(years[1]) if years else None


def _event(entry: JSON) -> JSON:
    date, precision = entry["date"], entry["precision"]
    if named := re.fullmatch(r"(\w+) (\d{4})", date):
        date = f"{named[2]}-{MONTHS.index(named[1]):02d}"
    elif span := re.fullmatch(r"(\d{4})-(\d{4})", date):
        date, precision = f"{span[1]}/{span[2]}", "range"
    result = {"date": date, "precision": precision, "event": entry["event"]}
    result["agencies"] = entry.get("agencies") or []
    return result | {k: entry[k] for k in ("printed_date", "known_to_agencies") if k in entry}


def _recommendation(entry: JSON) -> JSON:
    number = entry.get("number")
    number = re.sub(r"^Recommendation ", "", str(number)) if number else None
    result = {"number": number, "text": entry["text"], "addressee": entry.get("addressee") or ""}
    return result | {k: entry[k] for k in ("timescale", "date") if entry.get(k)}
