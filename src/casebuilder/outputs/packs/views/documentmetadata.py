"""The metadata of a printed document, and its running header and footer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A document's metadata, which PDF viewers show and screen readers announce first.

    Attributes:
        language: BCP 47.
        direction: which way the language is written, "ltr" or "rtl".
        title: of the file: "The Case of the Late Handover: participant handout".
        authors: names.
        description: a sentence or two.
        keywords: topics.
        created: a day, such as "2026-03-27"; never that of the build, so that the same series gives the same bytes.
        modified: the day of the last recorded change.
        edition: the class of its body.
        series: the series' name, for the left half of the running header.
        header: the right half of the running header.
        footer: the running footer.
        one_sided: whether the back of each sheet must stay empty; a print dialogue then offers that first.
    """

    language: str
    direction: str
    title: str
    authors: tuple[str, ...]
    description: str
    keywords: tuple[str, ...]
    created: str
    modified: str
    edition: str
    series: str
    header: str
    footer: str
    one_sided: bool
