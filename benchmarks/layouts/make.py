"""Write the documents of the layout benchmark and their truth.

    python -m benchmarks.layouts.make FOLDER [--seed N] [--only NAME ...] [--no-browser]

The same seed gives the same pages. Documents that a browser draws are left out where no
Chromium is installed.
"""

from __future__ import annotations

import argparse
import json
import zlib
from pathlib import Path

from benchmarks.layouts.pens.browser import browser_path, draw_browser
from benchmarks.layouts.pens.canvas import draw_canvas
from benchmarks.layouts.pens.finish import finish_file
from benchmarks.layouts.setting.compose import compose
from benchmarks.layouts.story.recipe import Recipe, write
from benchmarks.layouts.story.recipes import all_recipes
from benchmarks.layouts.truth import truth_of


def make_document(recipe: Recipe, folder: Path, seed: int) -> Path:
    """Write ``NAME.pdf`` and ``NAME.json`` and give the path of the PDF."""
    own_seed = zlib.crc32(f"{recipe.name}:{seed}".encode())
    composition = compose(write(recipe, own_seed), recipe.house)
    path = folder / f"{recipe.name}.pdf"
    draw = draw_browser if recipe.house.drawing.pen == "browser" else draw_canvas
    draw(composition.pages, recipe.house, path)
    finish_file(path, composition.pages, tagged=recipe.house.drawing.tagged)
    truth = truth_of(composition, recipe.house, recipe.traits)
    text = json.dumps(truth, ensure_ascii=False, separators=(",", ":"))
    path.with_suffix(".json").write_text(text, encoding="utf-8")
    return path


def chosen(only: list[str], *, browser: bool) -> list[Recipe]:
    """The recipes whose names begin with one of the given names; all where none is given."""
    return [
        recipe
        for recipe in all_recipes()
        if (not only or recipe.name.startswith(tuple(only)))
        and (recipe.house.drawing.pen == "canvas" or (browser and browser_path()))
    ]


def make_documents(folder: Path, seed: int, only: list[str], *, browser: bool = True) -> list[Path]:
    """Write all chosen documents."""
    folder.mkdir(parents=True, exist_ok=True)
    return [make_document(recipe, folder, seed) for recipe in chosen(only, browser=browser)]


def main() -> None:
    """Read the command line and write the documents."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    for path in make_documents(
        options.folder, options.seed, options.only, browser=not options.no_browser
    ):
        print(path)


if __name__ == "__main__":
    main()
