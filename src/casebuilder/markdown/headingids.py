"""Headings: the id that an author gives one, and the one that GitHub gives it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from casebuilder.markdown.allowed import SETTINGS
from casebuilder.markdown.parserproblems import shown
from casebuilder.slugs import slug

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

    from casebuilder.markdown.outlines import Heading

#: The level of questions, parts and themes.
_CUT = 2

#: `{#id}` at the end of a heading, perhaps with a colon and other attributes.
_GIVEN = re.compile(r"(?<![ \t])[ \t]*\{:?[ \t]*(?P<words>[^{}`]*)\}$")
_ID = re.compile(r"#(?P<id>[^\s#{}]+)")
#: Mistyped ids: `(#third)`, `[#third]`, `{third}`, `{{#third}}`, `{#third)`, `#third}`, `**{#third}**`, `{#third}.`,
#: `Who calls? #third`, and those with brackets of a Chinese or Japanese keyboard.
_ALMOST = re.compile(
    r"[ \t](?P<written>\(#(?P<round>[\w-]+)\)|\[#(?P<square>[\w-]+)\]|\{(?P<bare>[a-z0-9]+(?:-[a-z0-9]+)*)\}"
    r"|\{\{#?(?P<double>[\w-]+)\}\}|[({\[]#(?P<mixed>[\w-]+)[)}\]]|\{#(?P<open>[\w-]+)|#(?P<shut>[\w-]+)\}"
    r"|(?<=[?؟？][ \t])#(?P<hash>[a-z][\w-]*)"  # noqa: RUF001 - the question mark of another keyboard
    r"|[*_]{0,3}[({\[｛（［【] ?[#＃] ?(?P<loose>[\w–-]+) ?[)}\]｝）］】.,:;!?*_]{1,6})$"  # noqa: RUF001 - these brackets and signs
)


def name(state: StateCore) -> None:
    """Take the ids from the ends of headings, before inline parsing; report mistyped ones."""
    for number, token in enumerate(state.tokens):
        if token.type != "inline" or not number or state.tokens[number - 1].type != "heading_open":
            continue
        heading = state.tokens[number - 1]
        if braces := _GIVEN.search(token.content):
            if heading_id := _id_in_attributes(braces["words"]):
                heading.meta["id"] = heading_id
                token.content = token.content[: braces.start()].rstrip(" \t#")
                continue
            if _is_setting(braces["words"]):
                place = len(token.content[: braces.start()])
                state.env.setdefault("found", []).append((number, place, *left_out(braces.group().strip())))
                token.content = token.content[: braces.start()].rstrip(" \t#")
                continue
            if braces["words"].strip().startswith((":", "lang=", "dir=", ".")):
                continue
        mistyped = braces or _ALMOST.search(token.content)
        meant_id = _meant_id(mistyped) if mistyped else ""
        if mistyped and (meant_id or not mistyped.groupdict().get("words", "-").strip("# ")):
            findings = state.env.setdefault("found", [])
            place = mistyped.start() + len(mistyped.group()) - len(mistyped.group().lstrip())
            message = f'"{shown(mistyped.group())}" is not the id of a heading, and would be printed'
            hint = f"write {{#{meant_id}}}" if meant_id else "write a short name in it, such as {#third}, or delete it"
            findings.append((number, place, "heading-id", message, hint))
            if meant_id:
                heading.meta["id"] = meant_id
            token.content = token.content[: mistyped.start()].rstrip()


def _is_setting(attributes: str) -> bool:
    """Return whether an attribute list has only settings of another program: classes and layout."""
    words = attributes.strip().lstrip(":")
    return bool(re.fullmatch(SETTINGS, words)) and not re.search(r"(?:^|\s)(?:lang|dir|id)=", words)


def left_out(source: str) -> tuple[str, str, str]:
    """Return code, message and hint for a setting of another program that is left out."""
    return "ignored-attribute", f'"{shown(source)}" is a setting of another program, and is left out', "delete it"


def _id_in_attributes(attributes: str) -> str:
    """Return the id in a valid attribute list; empty if there is none."""
    parts = attributes.split()
    names = [match["id"] for part in parts if (match := _ID.fullmatch(part))]
    other_parts = [part for part in parts if not _ID.fullmatch(part)]
    return names[0] if len(names) == 1 and all(part[0] in ".:" or "=" in part for part in other_parts) else ""


def _meant_id(mistyped: re.Match[str]) -> str:
    """Return the id that was meant: "third" for `{# Third }`."""
    groups = mistyped.groupdict()
    name_in_text = groups.get("words") or next((word for word in groups.values() if word and "#" not in word), "")
    ascii_text = (
        unicodedata.normalize("NFKD", name_in_text.replace("#", " ").removeprefix("id="))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")


def anchor(text: str, uses: dict[str, int]) -> str:
    """Return the id that GitHub gives a heading: lower case, hyphens for spaces, and a number if it is repeated.

    Args:
        text: the heading's words.
        uses: how often each id was used in this text; updated here.
    """
    heading_id = re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
    count = uses.get(heading_id, 0)
    uses[heading_id] = count + 1
    return f"{heading_id}-{count}" if count else heading_id


def element_id(path: str, heading: Heading | None = None) -> str:
    """Return the id of a text, or of a heading in it, on a page: unique in the series.

    Questions and themes keep the ids of earlier versions.

    Args:
        path: the text's file below the series' root.
        heading: a heading of that text.
    """
    stem = path.rpartition(".")[0].removeprefix("cases/")
    name = slug(stem.replace("/", " ")) or "page"
    if heading is None:
        return name
    if heading.outermost and heading.level == _CUT and path.endswith("/questions.md"):
        return f"question-{plain_id(heading.id)}"
    return f"text-{name}-{heading.mark}"


def plain_id(heading_id: str) -> str:
    """Return an id of lower-case letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", heading_id.lower()).strip("-")
