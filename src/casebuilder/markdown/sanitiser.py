"""The sanitiser: a second check that rendered HTML contains only what the table allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.markdown.allowed import ELEMENTS, SCHEMES, TRANSPARENT, attributes, is_valid

if TYPE_CHECKING:
    from collections.abc import Mapping


def sanitised(html: str) -> str:
    """Return HTML without elements, attributes or values that `allowed` lacks, and with all elements closed."""
    import nh3

    return nh3.clean(
        html,
        tags=ELEMENTS.keys() - TRANSPARENT,
        attributes={name: set(attributes(name)) for name in ELEMENTS.keys() - TRANSPARENT},
        attribute_filter=_valid_attribute,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def reduced(html: str, allowed: Mapping[str, set[str]]) -> str:
    """Return foreign HTML with only the elements and attributes of a table; of other elements only the text."""
    import nh3

    return nh3.clean(
        html, tags=set(allowed), attributes={tag: names for tag, names in allowed.items() if names}, link_rel=None
    )


def _valid_attribute(element: str, name: str, value: str) -> str | None:
    del element
    return value if is_valid(name, value) else None
