"""The address of a link in rendered HTML, in the form that each output replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.markdown import linktargets, sectioning
from casebuilder.markdown.headingids import element_id
from casebuilder.markdown.linktargets import Kind

if TYPE_CHECKING:
    from casebuilder.model import Prose


def address_in(prose: Prose, address: str) -> str:
    """Return the address of a link of a text, such as `series:cases/2025-09-slug/#question-first`.

    Args:
        prose: the text that the link is in.
        address: as its author wrote it.

    Returns:
        An empty string if the link leads nowhere, or to a page that is not public yet.
    """
    if address in prose.hidden:
        return ""
    target = linktargets.resolve(prose.path, address)
    if target.kind is Kind.WEB:
        return target.address
    if target.kind is Kind.HERE:
        return f"#{_fragment_id(prose, target.fragment, prose.path)}"
    if target.kind is Kind.PICTURE:
        return f"picture:{target.address}"
    if target.kind is not Kind.PAGE:
        return ""
    fragment = f"#{_fragment_id(prose, target.fragment, target.file)}" if target.fragment else ""
    return f"series:{target.address}{fragment}"


def _fragment_id(prose: Prose, github_id: str, path: str) -> str:
    """Return the id on our pages of a heading to which a text links by GitHub's id."""
    if path == prose.path:
        heading = sectioning.headings_by_id(prose.whole).get(github_id)
        return element_id(path, heading) if heading else github_id
    return github_id
