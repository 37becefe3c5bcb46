"""The second wall: whatever HTML was made of a text, only what the table allows comes out."""

from __future__ import annotations

from casebuilder.markdown.allowed import ELEMENTS, SCHEMES, attributes, is_valid


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


def _valid(element: str, name: str, value: str) -> str | None:
    del element
    return value if is_valid(name, value) else None
