"""REFI-QDA, the exchange format of programs for qualitative research: .qdpx and .qdc files.

Source: REFI-QDA standard 1.5 (www.qdasoftware.org); schemas Project.xsd and Codebook.xsd, 2019.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from workbench.annotate.doors.passages.positions import choose_convention, words_at
from workbench.annotate.doors.passages.records import ForeignCode, ForeignPassage
from workbench.annotate.doors.safe import Archive, open_archive, parse_xml
from workbench.annotate.doors.safe.tree import local_name
from workbench.errors import InputError

_TEXT_SOURCES = frozenset({"TextSource", "Representation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What was read of a project."""

    codes: tuple[ForeignCode, ...]
    passages: tuple[ForeignPassage, ...]
    cases: Mapping[str, tuple[str, ...]]  # name of a case -> names of its documents
    notes: tuple[str, ...]  # what was left out or had to be guessed


def read_project(path: Path) -> Project:
    """The codes, cases and coded text of a .qdpx file.

    Pictures, sound and film are not read. Rectangles on PDF pages are passages only where the
    program kept their words.

    Raises:
        InputError: It is no such file, or beyond the limits of size.
    """
    with open_archive(path) as archive:
        name = next((each for each in archive.names if each.casefold().endswith(".qde")), None)
        if name is None:
            raise InputError(
                f"{path}: holds no project (.qde). Export it as a REFI-QDA project, not as a copy "
                "of the program's own files."
            )
        root = parse_xml(archive.read_text_bytes(name), f"{path}: {name}")
        if local_name(root) != "Project":
            raise InputError(f"{path}: {name} is no REFI-QDA project but <{local_name(root)}>.")
        return _Reader(archive, root).project()


def read_codebook_file(path: Path) -> tuple[ForeignCode, ...]:
    """The codes of a .qdc file, each after the one above it.

    Raises:
        InputError: It is no such file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    root = parse_xml(data, str(path))
    if local_name(root) != "CodeBook":
        raise InputError(f"{path}: is no REFI-QDA codebook but <{local_name(root)}>.")
    return tuple(code for _, code in _codes(root))


class _Reader:
    """One project: its names by GUID, and what is noted on the way."""

    def __init__(self, archive: Archive, root: Element) -> None:
        self._archive = archive
        self._root = root
        self._notes: list[str] = []
        self._codes = dict(_codes(root))
        self._users = {
            _guid(user.get("guid")): user.get("name") or user.get("id") or ""
            for user in _all(root, "User")
        }
        self._comments = {
            _guid(note.get("guid")): "".join(
                each.text or "" for each in _all(note, "PlainTextContent")
            ).strip()
            for note in _all(root, "Note")
        }

    def project(self) -> Project:
        """All that is of use."""
        passages: list[ForeignPassage] = []
        sources: dict[str, str] = {}
        left_out: dict[str, int] = {}
        for group in _children(self._root, "Sources"):
            for source in group:
                kind = local_name(source)
                name = source.get("name") or source.get("path") or "unnamed"
                sources[_guid(source.get("guid"))] = name
                if kind == "TextSource":
                    passages += self._text(source, name, "")
                elif kind == "PDFSource":
                    passages += self._pdf(source, name)
                else:
                    left_out[kind] = left_out.get(kind, 0) + 1
        self._notes += [f"{n} {kind}(s) were not read" for kind, n in sorted(left_out.items())]
        return Project(
            codes=tuple(self._codes.values()),
            passages=tuple(passages),
            cases=self._cases(sources),
            notes=tuple(self._notes),
        )

    def _pdf(self, source: Element, name: str) -> Iterator[ForeignPassage]:
        sha256 = self._hash(source.get("path") or "")
        for representation in _children(source, "Representation"):
            yield from self._text(representation, name, sha256)
        n_without = 0
        for selection in _children(source, "PDFSelection"):
            words = " ".join(
                filter(
                    None, (self._content(each) for each in _children(selection, "Representation"))
                )
            ).strip()
            # Programs that keep no words often name a selection by them.
            words = words or (selection.get("name") or "").strip()
            page = selection.get("page") or ""
            if not any(map(str.isalnum, words)):
                n_without += 1
                continue
            yield from self._passages(
                selection, name, words, sha256,
                page=int(page) + 1 if page.isdecimal() else 0,  # pages count from 0 there
            )  # fmt: skip
        if n_without:
            self._notes.append(
                f"{name}: {n_without} rectangle(s) on pages have no words and were not read"
            )

    def _text(self, source: Element, name: str, sha256: str) -> Iterator[ForeignPassage]:
        selections = _children(source, "PlainTextSelection")
        content = self._content(source)
        if not selections or not content:
            if selections:
                self._notes.append(f"{name}: its text is missing, so {len(selections)} "
                                   "selection(s) were not read")  # fmt: skip
            return
        ranges = [
            (_number(each.get("startPosition")), _number(each.get("endPosition")),
             each.get("name") or "")
            for each in selections
        ]  # fmt: skip
        convention, is_sure = choose_convention(content, ranges)
        if not is_sure:
            self._notes.append(
                f"{name}: positions fit when counted in {convention.value}, which was guessed from "
                "where words begin and end; look at some passages"
            )
        for selection, (start, end, _) in zip(selections, ranges, strict=True):
            words, share = words_at(content, start, end, convention)
            if not words.strip():
                self._notes.append(f"{name}: a selection from {start} to {end} holds no words")
                continue
            yield from self._passages(selection, name, words.strip(), sha256, share=share)

    def _passages(
        self, selection: Element, name: str, words: str, sha256: str,
        *, page: int = 0, share: float | None = None,
    ) -> Iterator[ForeignPassage]:  # fmt: skip
        for coding in _children(selection, "Coding"):
            guid = _guid(next((r.get("targetGUID") for r in _children(coding, "CodeRef")), ""))
            code = self._codes.get(guid)
            user = coding.get("creatingUser") or selection.get("creatingUser")
            comments = [
                self._comments.get(_guid(reference.get("targetGUID")), "")
                for element in (selection, coding)
                for reference in _children(element, "NoteRef")
            ]
            yield ForeignPassage(
                where=f"{name}: “{words[:40]}”",
                document=name,
                document_sha256=sha256,
                code=code.name if code else f"unknown code {guid}",
                quote=words,
                coder=self._users.get(_guid(user), ""),
                share=share,
                page=page,
                coded_at=coding.get("creationDateTime") or selection.get("creationDateTime") or "",
                comment="; ".join(filter(None, comments)),
            )

    def _content(self, source: Element) -> str:
        inline = "".join(each.text or "" for each in _children(source, "PlainTextContent"))
        if inline:
            return inline
        member = self._member(source.get("plainTextPath") or "")
        if not member:
            return ""
        data = self._archive.read_text_bytes(member)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp1252",
                               errors="replace")  # fmt: skip

    def _hash(self, path: str) -> str:
        """SHA-256 of a source's file, "" when it is not in the archive."""
        member = self._member(path)
        if not member:
            return ""
        digest = hashlib.sha256()
        for chunk in self._archive.chunks(member):
            digest.update(chunk)
        return digest.hexdigest()

    def _member(self, path: str) -> str:
        """The member that ``internal://name`` stands for; other schemes are outside the file."""
        scheme, separator, name = path.partition("://")
        if not separator or scheme != "internal":
            return ""
        wanted = name.lstrip("/").casefold()
        return next(
            (
                each
                for each in self._archive.names
                if each.casefold() in {f"sources/{wanted}", wanted}
            ),
            "",
        )

    def _cases(self, sources: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        cases = {}
        for case in _all(self._root, "Case"):
            guids = [_guid(each.get("targetGUID")) for each in _children(case, "SourceRef")]
            names = tuple(sources[guid] for guid in guids if guid in sources)
            if names:
                cases[case.get("name") or "unnamed"] = names
        return cases


def _codes(root: Element) -> Iterator[tuple[str, ForeignCode]]:
    def below(element: Element, path: tuple[str, ...]) -> Iterator[tuple[str, ForeignCode]]:
        for code in _children(element, "Code"):
            name = (code.get("name") or "").strip()
            described = " ".join((each.text or "") for each in _children(code, "Description"))
            yield (
                _guid(code.get("guid")),
                ForeignCode(
                    name=name,
                    path=path,
                    description=described.strip(),
                    is_codable=(code.get("isCodable") or "true").casefold() in {"true", "1"},
                ),
            )
            yield from below(code, (*path, name))

    for codes in _all(root, "Codes"):
        yield from below(codes, ())


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if local_name(child) == name]


def _all(element: Element, name: str) -> Iterator[Element]:
    return (each for each in element.iter() if local_name(each) == name)


def _guid(text: str | None) -> str:
    return (text or "").strip("{} ").casefold()


def _number(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError:
        return -1
