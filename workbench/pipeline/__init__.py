"""The only module that joins stages; the command line and later the web stand on it."""

from __future__ import annotations
