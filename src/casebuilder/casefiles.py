"""Where the files of a case lie in a series, by its slug: the one place that knows it."""

from __future__ import annotations


def case_path(slug: str) -> str:
    """Return the file of a case's data."""
    return f"cases/{slug}/case.yml"


def quotes_path(slug: str) -> str:
    """Return the file of a case's quotes."""
    return f"cases/{slug}/quotes.yml"


def commentary_path(slug: str) -> str:
    """Return the file of a case's commentary."""
    return f"commentary/{slug}/commentary.md"


def record_path(slug: str) -> str:
    """Return the record of a case's discussion."""
    return f"commentary/{slug}/discussion.jsonl"


def figures_path(slug: str) -> str:
    """Return the file of what was counted in the record of a case's discussion."""
    return f"commentary/{slug}/figures.yml"


def metrics_path(slug: str) -> str:
    """Return the file of a case's figures that come from elsewhere."""
    return f"commentary/{slug}/metrics.yml"
