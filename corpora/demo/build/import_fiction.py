"""Take the fictional reviews written beside the project into the corpus, under one schema.

usage: python corpora/demo/build/import_fiction.py FOLDER

FOLDER holds one folder for each review (``sources.json`` says which). Their authors used
dialects of one truth format; ``normalise.py`` writes them all as ``truth/1``.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from normalise import normalise_truth

BUILD = Path(__file__).parent
CORPUS = BUILD.parent


def read_json(path: Path) -> Any:  # noqa: ANN401 - JSON
    """What the JSON file holds."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_truth(truth: dict[str, Any]) -> None:
    """Write the truth file: one item of a list per line, so that changes can be read."""
    lines = ["{"]
    for key, value in truth.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            items = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value)
            text = f"[\n  {items}\n ]"
        lines.append(f" {json.dumps(key)}: {text},")
    lines[-1] = lines[-1].removesuffix(",")
    path = CORPUS / "truth" / f"{truth['id']}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([*lines, "}", ""]), encoding="utf-8")


def prepare(written: dict[str, Any], source: dict[str, Any], folder: Path) -> None:
    """Mend what one author left out: ends of pages, and the cells of table rows."""
    printed = "\n".join((folder / name).read_text("utf-8") for name in source.get("rows_from", ()))
    cells = {}
    for row in re.findall(r"^(?:ROW |TABLE \w\|[\d.,]+\|)(.*)$", printed, re.MULTILINE):
        row_cells = re.sub(r"\[\[(.*?)\|\|.*?\]\]", r"\1", row).replace("'", "\u2019").split("##")
        cells["".join(row_cells).replace(" ", "")] = row_cells
    for paragraph in written["paragraphs"]:
        if found := cells.get(paragraph["text"].replace(" ", "")):
            paragraph["cells"] = found
        for head, page_end in source.get("page_ends", {}).items():
            if paragraph["text"].startswith(head):
                paragraph["page_end"] = page_end


def main() -> None:
    """Import every review that ``sources.json`` names."""
    fiction = Path(sys.argv[1])
    sources, relations = read_json(BUILD / "sources.json"), read_json(BUILD / "relations.json")
    (CORPUS / "pdf").mkdir(exist_ok=True)
    for truth_id, source in sources.items():
        folder = fiction / source["folder"]
        written = read_json(folder / source["truth"])
        prepare(written, source, folder)
        write_truth(normalise_truth(truth_id, written, source, relations.get(truth_id, {})))
        shutil.copyfile(folder / source["pdf"], CORPUS / "pdf" / f"{truth_id}.pdf")
        print(truth_id)


if __name__ == "__main__":
    main()
