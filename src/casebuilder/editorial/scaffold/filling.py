"""The filled-in texts of a scaffold, and which words they may contain."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder.text import control
from casebuilder.wording import SOURCE
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from importlib.resources.abc import Traversable

#: Text that every YAML parser reads as a plain string; anything else is quoted.
_PLAIN = re.compile(r"[^\W\d_][\w’-]*( \(?[\w’–-]+[,.)]?)+[?!]?")


class ScaffoldError(Exception):
    """An option of the command line cannot be used; `option` names it."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


@dataclass(frozen=True, slots=True)
class Scaffold:
    """Files to begin with.

    Attributes:
        folder: where they go, below the series' root; "" is the root.
        texts: each text by its path below the folder.
        advice: what was made and what to do next, for a terminal.
    """

    folder: str
    texts: Mapping[str, str]
    advice: str


def fill_templates(
    kind: str, facts: Mapping[str, object], language: str = SOURCE, only: Callable[[str], bool] = bool
) -> dict[str, str]:
    """Return the texts of a folder of `templates/` by path, in order, as far as `only` takes the path.

    A file whose name ends in `.j2` is filled in, any other is copied unchanged: Markdown's `{#id}` would be a Jinja
    comment. `dot-` at the beginning of a name stands for a full stop, since Git and packagers act on such files.
    """
    texts = {}
    for path, text in sorted(_files_below(files("casebuilder.editorial.scaffold").joinpath("templates", kind), "")):
        place = re.sub(r"(^|/)dot-", r"\1.", path).removesuffix(".j2")
        if not only(place):
            continue
        if path.endswith(".j2"):
            rendered = environment("editorial.scaffold", language).get_template(f"{kind}/{path}").render(facts)
            texts[place] = rendered.rstrip("\n") + "\n"
        else:
            texts[place] = text
    return texts


def _files_below(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.name == "__pycache__":  # pip compiles every program that it installs, those for a series too
            continue
        if entry.is_dir():
            yield from _files_below(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry.read_text(encoding="utf-8")


def printable(option: str, text: str) -> str:
    """Return words on one line.

    Raises:
        ScaffoldError: there are none, or a control character is among them.
    """
    one_line = " ".join(text.split())
    if not one_line or control(one_line):
        raise ScaffoldError(option, "it holds an invisible character" if one_line else "it is empty")
    return one_line


def in_yaml(text: str) -> str:
    """Return words as a YAML value; JSON's form of a text is one of YAML's."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
