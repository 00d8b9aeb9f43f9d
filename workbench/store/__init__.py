"""The workspace: what the workbench keeps, and how it never loses it.

A workspace is a folder with ``corpora/ annotations/ models/ reports/ objects/`` and one
``workbench.db``. The modules are imported one by one (this file imports nothing, so that a
worker that only needs the objects does not load SQLAlchemy)::

    from workbench.store.objects import ObjectStore, step_key     # standard library only
    from workbench.store.workspace import Workspace, Step         # opens the database
    from workbench.store import sources, readings, results        # write and read records
    from workbench.store.decisions import append_decisions, read_decisions   # of reviewers
    from workbench.store.verify import verify
    from workbench.store.repair import repair
    from workbench.store.dump import dump_tables

    Workspace.create(path)                       # or open(path); both are context managers
    with Workspace.open(path) as workspace:
        sources.add_file(workspace, pdf_path)            # -> AddedFile(source, change)
        sources.check_sources(workspace)                 # -> present, missing or changed files
        readings.save_document(workspace, document)      # quarantined, or waiting for OCR
        readings.save_reading(workspace, reading)        # replaces all of this document
        readings.read_reading(workspace, document_id)    # anchors are checked
        results.replace_cases(workspace, cases)          # one transaction
        results.replace_findings(workspace, findings)
        workspace.record_steps([Step(...)])              # the ledger
        verify(workspace)                                # -> list of problems, [] when sound
        repair(workspace)                                # takes away what a run can make anew

In a worker process, without the database::

    objects = ObjectStore(workspace_root / "objects")
    key = step_key("segment", SEGMENT_VERSION, inputs=[extraction_hash], settings=settings)
    output = objects.recall(key)                 # None: not done yet, or its object is gone
    if output is None:
        output = objects.put(codec.dumps(result))
        objects.remember(key, output)
    data = objects.get(output)                   # DamagedObjectError when the hash differs

The parent records the ledger (``Step(key=..., step=..., version=..., document_id=...,
output_hash=...)``) from the hashes that the workers return. A step is done when its key is
recalled; the ledger tells people and ``verify`` what should be there.
"""
