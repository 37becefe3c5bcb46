"""Which handbook explains the problems of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import handbook

if TYPE_CHECKING:
    from casebuilder.handbook import Handbook
    from casebuilder.pipeline.reading import Reading

#: The page of problem codes on a site.
_PAGE = "handbook/problems/"
_REQUIREMENTS = "requirements.txt"


def handbook_of(reading: Reading) -> Handbook:
    """Return the handbook that the setting names, that of the site, or that of the series' requirements.txt.

    An address that is not known is empty: then reports have no links.
    """
    series = reading.series
    if series.settings.handbook:
        return handbook.at(series.settings.handbook)
    if series.site_url and _PAGE in series.pages:
        return handbook.at(f"{series.site_url.rstrip('/')}/handbook/")
    try:
        text = (reading.root / _REQUIREMENTS).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return handbook.Handbook()
    return handbook.of_requirements(text)
