"""Looking at what was read: a page with its segments, and how far the reading holds together."""

from __future__ import annotations
