"""Last touches on a written file: page labels, marks of a tagged file, a fixed identity."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from benchmarks.layouts.setting.pages import SetPage


def finish_file(path: Path, pages: list[SetPage], *, tagged: bool) -> None:
    """Rewrite the file in place, with labels where the front matter has roman numbers."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        n_front = sum(page.front for page in pages)
        if n_front:
            nums = Array([0, Dictionary(S=Name.r), n_front, Dictionary(S=Name.D, St=1)])
            pdf.Root.PageLabels = Dictionary(Nums=nums)
        if tagged:
            pdf.Root.MarkInfo = Dictionary(Marked=True)
            pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
            pdf.Root.Lang = pikepdf.String("en-GB")
        for key in ("/CreationDate", "/ModDate"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
