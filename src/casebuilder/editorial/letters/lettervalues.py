"""What every letter about a case may name, by the names in its template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.published import addresses, licences

if TYPE_CHECKING:
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


def common(series: Series, case: Case) -> dict[str, object]:
    """Return the names and addresses of a case and its series, and the licence of the case."""
    licence = licences.licence(case.licence or series.settings.licence)
    return {
        "case": case.title,
        "series": series.name,
        "site": series.site_url,
        "page": addresses.full(series.site_url, addresses.of_case(case.slug)),
        "contact": series.settings.contact,
        "licence": licence.name,
        "licence_address": licence.address,
    }
