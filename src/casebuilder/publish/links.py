"""Links of a text to pages that the world may not see yet, and the pictures that it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.markdown import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from casebuilder.model import Case, Prose


def pictures(text: Prose) -> Iterator[str]:
    """The paths of the pictures that a text shows, or to which it links."""
    facts = markdown.facts(text)
    yield from (markdown.picture(text.path, picture.file) for picture in facts.pictures)
    targets = (markdown.resolve(text.path, link.address) for link in facts.links)
    yield from (target.address for target in targets if target.kind is Kind.PICTURE)


def without_hidden(text: Prose, site: str, public: Collection[str]) -> Prose:
    """A text that knows which of its links lead to pages that are not public; their words are printed alone.

    Args:
        text: the text.
        site: the site's own address.
        public: the addresses below the site's root of the cases, people and collections that are public.
    """
    hidden = frozenset(
        link.address
        for link in markdown.facts(text).links
        if _is_hidden(markdown.resolve(text.path, link.address, site), public)
    )
    return replace(text, hidden=hidden) if hidden else text


def _is_hidden(target: markdown.Target, public: Collection[str]) -> bool:
    kept = target.address.startswith(("cases/", "experts/", "collections/")) and target.address.count("/") > 1
    return target.kind is Kind.PAGE and kept and target.address not in public


def case_without_hidden(case: Case, site: str, public: Collection[str]) -> Case:
    """A case of which each text is `without_hidden`."""

    def cut(text: Prose) -> Prose:
        return without_hidden(text, site, public)

    if not any(cut(text) is not text for text in case.texts()):
        return case
    update: dict[str, object] = {
        name: tuple(each.model_copy(update={"body": cut(each.body)}) for each in getattr(case, name))
        for name in ("story", "questions", "notes", "responses")
    }
    if case.commentary:
        sections = tuple(each.model_copy(update={"body": cut(each.body)}) for each in case.commentary.sections)
        update["commentary"] = case.commentary.model_copy(update={"sections": sections})
    return case.model_copy(update=update)
