"""Topics of a workspace: passages and embeddings in, a page and proposals for new codes out."""

from __future__ import annotations
