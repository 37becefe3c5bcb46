"""Whether the templates of the theme show the text of pages, as far as that can be known without running them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError, nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: The template of every page that names no other.
_FIRST = "main.html"
#: The attribute of a page that holds its text.
_TEXT = "content"
_EXTENSIONS = ("jinja2.ext.i18n",)


def hides_text(own: Callable[[str], str | None], replaced: Callable[[str], str | None]) -> tuple[str, int] | None:
    """Return the template and its line that keep the text of pages from being shown; None if it is shown.

    It is also None if only a run could tell, such as for a template that is named by a variable.

    Args:
        own: returns a template of the series by its name; None if it has none of this name.
        replaced: returns the template that is used without it, likewise.
    """

    def either(name: str) -> str | None:
        source = own(name)
        return replaced(name) if source is None else source

    visited: dict[str, nodes.Template] = {}
    if _shows_text(_FIRST, either, visited):
        return None
    for name, template in visited.items():
        if own(name) is not None and _shows_text(_FIRST, lambda one: replaced(one) if one == name else either(one), {}):  # noqa: B023 - used at once
            return name, _line(template)
    first = next((name for name in visited if own(name) is not None), None)
    return (first, _line(visited[first])) if first else None


def _line(template: nodes.Template) -> int:
    """Return the line of the block that stands around the text, if a template replaces it; else 1."""
    blocks = {block.name: block.lineno for block in template.find_all(nodes.Block)}
    return blocks.get("content") or blocks.get("container") or 1


def _shows_text(name: str, source_of: Callable[[str], str | None], visited: dict[str, nodes.Template]) -> bool:
    """Return whether a template, with all that it extends and includes, may show the text of a page."""
    chain: list[nodes.Template] = []
    while name not in visited:
        source = source_of(name)
        if source is None:
            return True
        try:
            template = Environment(autoescape=True, extensions=_EXTENSIONS).parse(source)
        except (TemplateSyntaxError, RecursionError):  # it has a problem of its own
            return True
        visited[name] = template
        chain.append(template)
        extended = next(template.find_all(nodes.Extends), None)
        if extended is None:
            break
        if not isinstance(extended.template, nodes.Const):
            return True
        name = str(extended.template.value)
    if not chain:  # it includes itself
        return False
    blocks: dict[str, list[nodes.Block]] = defaultdict(list)
    for template in chain:
        for block in template.find_all(nodes.Block):
            blocks[block.name].append(block)
    return _Walk(blocks, source_of, visited).any_shows(chain[-1].body, None, 0)


class _Walk:
    """A walk through a template with its blocks replaced."""

    def __init__(
        self,
        blocks: dict[str, list[nodes.Block]],
        source_of: Callable[[str], str | None],
        visited: dict[str, nodes.Template],
    ) -> None:
        self._blocks = blocks
        self._source_of = source_of
        self._visited = visited

    def any_shows(self, some: Iterable[nodes.Node], block: str | None, depth: int) -> bool:
        """Return whether one of some nodes shows the text; they stand in a block that replaces others below it."""
        return any(self._shows(node, block, depth) for node in some)

    def _shows(self, node: nodes.Node, block: str | None, depth: int) -> bool:
        if isinstance(node, nodes.Block):
            return self._shows_block(node.name, 0)
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "super":
            return block is not None and self._shows_block(block, depth + 1)
        if isinstance(node, nodes.Include):
            if not isinstance(node.template, nodes.Const):
                return True
            name = str(node.template.value)
            # In a second place it shows what it showed in the first, where the walk would have ended.
            return name not in self._visited and _shows_text(name, self._source_of, self._visited)
        if isinstance(node, nodes.Getattr) and node.attr == _TEXT:
            return True
        is_choice = isinstance(node, nodes.If | nodes.CondExpr)  # what it asks for is not shown
        return self.any_shows(node.iter_child_nodes(exclude=("test",) if is_choice else None), block, depth)

    def _shows_block(self, name: str, depth: int) -> bool:
        definitions = self._blocks[name]
        return depth < len(definitions) and self.any_shows(definitions[depth].body, name, depth)
