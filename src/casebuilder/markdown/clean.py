"""The second wall: whatever HTML was made of a text, only what the table allows comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.markdown.allowed import ELEMENTS, SCHEMES, attributes, is_valid

if TYPE_CHECKING:
    from collections.abc import Mapping


def sanitised(html: str) -> str:
    """HTML with no element, attribute or value that `allowed` does not have; what is not closed is closed."""
    import nh3

    return nh3.clean(
        html,
        tags=set(ELEMENTS),
        attributes={name: set(attributes(name)) for name in ELEMENTS},
        attribute_filter=_valid,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def reduced(html: str, allowed: Mapping[str, set[str]]) -> str:
    """HTML of others with the elements and attributes of a table alone, closed and in order; of the rest the words."""
    import nh3

    return nh3.clean(
        html, tags=set(allowed), attributes={tag: names for tag, names in allowed.items() if names}, link_rel=None
    )


def _valid(element: str, name: str, value: str) -> str | None:
    del element
    return value if is_valid(name, value) else None
