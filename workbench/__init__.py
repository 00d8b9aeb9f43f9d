"""Evidence-review and text-mining workbench for statutory case reviews."""

__version__ = "0.1.0"
