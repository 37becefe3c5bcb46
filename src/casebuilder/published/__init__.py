"""The public view of a series: types that only `publish` makes, and that every output takes.

State, times, language, licence, address, credits, numbered references and citations are computed here, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import lazynames

if TYPE_CHECKING:
    from casebuilder.published.case import (
        PublishedCase,
        PublishedCommentary,
        PublishedResponse,
    )
    from casebuilder.published.citations import Citation, Work
    from casebuilder.published.citednames import CitedName
    from casebuilder.published.consent import missing_consents
    from casebuilder.published.fields import planned
    from casebuilder.published.instants import NotAMomentError, day, moment, month, today
    from casebuilder.published.licences import PublishedLicence, strictest
    from casebuilder.published.livehours import PublishedLiveHour
    from casebuilder.published.people import PublishedCredit, PublishedPerson, PublishedPicture
    from casebuilder.published.publishing import publish
    from casebuilder.published.quotes import PublishedQuote
    from casebuilder.published.rebuildreasons import Due, due
    from casebuilder.published.references import NumberedReference, address, doi_address, vancouver
    from casebuilder.published.series import PublishedSeries, id_host
    from casebuilder.published.states import state
    from casebuilder.published.volumes import CollectedCase, PublishedCollection, Volume, VolumeKind

__all__ = [
    "Citation",
    "CitedName",
    "CollectedCase",
    "Due",
    "NotAMomentError",
    "NumberedReference",
    "PublishedCase",
    "PublishedCollection",
    "PublishedCommentary",
    "PublishedCredit",
    "PublishedLicence",
    "PublishedLiveHour",
    "PublishedPerson",
    "PublishedPicture",
    "PublishedQuote",
    "PublishedResponse",
    "PublishedSeries",
    "Volume",
    "VolumeKind",
    "Work",
    "address",
    "day",
    "doi_address",
    "due",
    "id_host",
    "missing_consents",
    "moment",
    "month",
    "planned",
    "publish",
    "state",
    "strictest",
    "today",
    "vancouver",
]

__getattr__ = lazynames.of(
    __name__,
    {
        "case": ("PublishedCase", "PublishedCommentary", "PublishedResponse"),
        "citations": ("Citation", "Work"),
        "consent": ("missing_consents",),
        "fields": ("planned",),
        "instants": ("NotAMomentError", "day", "moment", "month", "today"),
        "licences": ("PublishedLicence", "strictest"),
        "livehours": ("PublishedLiveHour",),
        "citednames": ("CitedName",),
        "people": ("PublishedCredit", "PublishedPerson", "PublishedPicture"),
        "publishing": ("publish",),
        "quotes": ("PublishedQuote",),
        "rebuildreasons": ("Due", "due"),
        "references": ("NumberedReference", "address", "doi_address", "vancouver"),
        "series": ("PublishedSeries", "id_host"),
        "states": ("state",),
        "volumes": ("CollectedCase", "PublishedCollection", "Volume", "VolumeKind"),
    },
)
