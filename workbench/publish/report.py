"""The report folder: pages, tables and what they were made of."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from importlib.resources import as_file, files
from pathlib import Path

from workbench.publish.denominators.people import PEOPLE_MEASURES
from workbench.publish.folder import MARKER, replaced_folder
from workbench.publish.publication import Publication
from workbench.publish.registers.agencies import write_agencies
from workbench.publish.registers.evidence import JOURNEY_MEASURES, write_journey_evidence
from workbench.publish.registers.incidents import write_incidents
from workbench.publish.registers.journeys import write_journeys
from workbench.publish.registers.people import write_people
from workbench.publish.registers.people_evidence import write_people_evidence
from workbench.publish.registers.recommendations import write_register
from workbench.publish.site.cases import write_cases, write_documents
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.site.evidence import write_evidence, write_passage_bases
from workbench.publish.site.factors import write_factors
from workbench.publish.site.overview import write_overview
from workbench.publish.site.patterns import (
    shown_pairs,
    write_co_occurrence,
    write_counts,
    write_groups,
)
from workbench.publish.site.render import Site
from workbench.publish.site.sheets import write_sheets
from workbench.publish.site.themes import write_practice
from workbench.publish.tables import write_tables
from workbench.records import Finding

#: Version of the folder's form; the checker refuses what it does not know.
REPORT_FORM = 1


def write_report(publication: Publication, folder: Path) -> Path:
    """Write the report folder and give back the path of its first page.

    The folder opens from disk in any browser, without a network and without JavaScript. Equal
    publications give equal bytes. It is written beside its place and moved there when complete,
    so that a killed run leaves the old report or the new one.

    Raises:
        InputError: The folder cannot be written or holds something else than a report, or the
            publication names a document, case or finding twice.
    """
    catalogue = Catalogue(publication)
    with replaced_folder(folder) as fresh:
        site = Site(catalogue, fresh)
        _copy_static(fresh)
        write_overview(site)
        write_factors(site)
        write_people(site)
        write_counts(site)
        write_co_occurrence(site)
        write_groups(site)
        write_incidents(site)
        write_practice(site)
        write_agencies(site)
        write_journeys(site)
        write_register(site)
        write_cases(site)
        write_documents(site)
        write_evidence(site, _with_page(catalogue))
        write_journey_evidence(site)
        write_people_evidence(site)
        write_passage_bases(site)
        write_sheets(site)
        write_tables(catalogue, fresh)
        _write_marker(publication, fresh)
    return folder / "index.html"


def _with_page(catalogue: Catalogue) -> Iterable[Finding]:
    """Every finding that the pages link to: of the pairs only those that are shown.

    Findings of journeys and of people have pages of their own kind (``write_journey_evidence``,
    ``write_people_evidence``).
    """
    elsewhere = JOURNEY_MEASURES | PEOPLE_MEASURES | {"co_occurrence"}
    yield from (
        finding for finding in catalogue.publication.findings if finding.measure not in elsewhere
    )
    yield from shown_pairs(catalogue)


def _copy_static(fresh: Path) -> None:
    with as_file(files("workbench.publish") / "static") as static:
        shutil.copytree(static, fresh / "static", copy_function=shutil.copyfile)


def _write_marker(publication: Publication, fresh: Path) -> None:
    content = {
        "form": REPORT_FORM,
        "title": publication.title,
        "n_cases": len(publication.cases),
        "n_documents": len(publication.documents),
        "n_findings": len(publication.findings),
        "provenance": asdict(publication.provenance),
    }
    text = json.dumps(content, ensure_ascii=True, indent=1, sort_keys=True) + "\n"
    (fresh / MARKER).write_text(text, encoding="ascii", newline="\n")
