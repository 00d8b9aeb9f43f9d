"""What codes the text: the annotation files, the model in use, and how good the two are."""

from __future__ import annotations
