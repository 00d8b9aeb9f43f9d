"""The workspace: database, content-addressed objects and the ledger of steps."""
