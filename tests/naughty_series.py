"""A small series that says the same words in every field of text that an author may fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

import zoo_keeper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Loader(yaml.SafeLoader):
    """PyYAML's own, to which the field "on" is no yes."""


Loader.yaml_implicit_resolvers = {
    sign: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:bool"]
    for sign, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
SLUG = "2026-03-late-handover"
CASE = f"cases/{SLUG}"


def plain(root: Path, words: Callable[[str], str]) -> Path:
    """The sound series with words in every field that is plain text.

    Args:
        root: an empty folder.
        words: what each field says, by its name.
    """
    series = zoo_keeper.lay_out("_sound", root)
    _case(series, words)
    _change(series / f"{CASE}/quotes.yml", lambda found: _quotes(found, words))
    _change(series / "collections/evenings.yml", lambda found: _put(found, words, ("title", "audience")))
    _change(series / f"commentary/{SLUG}/metrics.yml", lambda found: _put(found[0], words, ("metric", "source")))
    _change(series / "mkdocs.yml", lambda found: _settings(found, words))
    _front(series / "experts/ana-ruiz.md", lambda found: _person(found, words))
    _front(series / f"{CASE}/responses/ben-okafor.md", lambda found: _put(found, words, ("title", "perspective")))
    _front(series / f"commentary/{SLUG}/commentary.md", lambda found: _put(found, words, ("method",)))
    return series


def marked(root: Path, text: str) -> Path:
    """The sound series with words in every text that is Markdown, as a paragraph, a heading and an entry of a list."""
    series = zoo_keeper.lay_out("_sound", root)
    lines = " ".join(text.split())
    for path in (f"{CASE}/scenario.md", f"{CASE}/responses/ben-okafor.md", f"commentary/{SLUG}/commentary.md",
                 "experts/ana-ruiz.md", "cases/2026-04-paper-club/paper.md"):  # fmt: skip
        _append(series / path, f"\nSo it is {lines} and more.\n\n- {lines}\n\n{lines}\n")
    _append(series / f"{CASE}/questions.md", f"\n\n## Why {lines} so? {{#naughty}}\n\n{lines}\n")
    _change(series / "collections/evenings.yml", lambda found: _put(found, lambda _: text, ("introduction",)))
    _append(series / f"{CASE}/facilitation.md", f"\n\n> {lines}\n")
    return series


def _case(series: Path, words: Callable[[str], str]) -> None:
    def change(fields: dict[str, object]) -> None:
        _put(fields, words, ("title", "teaser", "inspired_by", "content_note"))
        for name in ("topics", "audience", "objectives"):
            fields[name] = [*fields[name], words(name)]
        fields["characters"] = [
            {"name": words("character"), "role": words("character's role"), "pronouns": words("they")}
        ]
        _put(fields["image"], words, ("alt", "credit"))
        _put(fields["references"][0], words, ("title", "container", "volume", "issue", "pages"))
        # A semicolon would be between two names.
        fields["references"][0]["authors"] = [words("author").replace(";", ":"), "Spector ND"]
        fields["sessions"][0]["steps"][0]["activity"] = words("activity")
        fields["changes"][0]["note"] = words("note")

    _change(series / f"{CASE}/case.yml", change)


def _quotes(quotes: list[dict[str, dict[str, str]]], words: Callable[[str], str]) -> None:
    _put(quotes[0], words, ("text",))
    quotes[0]["source"] = {"channel": words("channel")}
    _put(quotes[0]["by"], words, ("name", "role"))
    _put(quotes[1], words, ("text",))


def _person(fields: dict[str, dict[str, str]], words: Callable[[str], str]) -> None:
    _put(fields, words, ("name", "credentials", "post", "institution", "pronouns"))
    _put(fields["disclosure"], words, ("text",))


def _settings(settings: dict[str, list[dict[str, dict[str, str]]]], words: Callable[[str], str]) -> None:
    _put(settings, words, ("site_name", "site_description"))
    _put(settings["plugins"][0]["casebuilder"], words, ("notice",))


def _put(record: dict[str, object], words: Callable[[str], str], names: tuple[str, ...]) -> None:
    for name in names:
        record[name] = words(name)


def _change(path: Path, change: Callable[[object], None]) -> None:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - it is a safe one
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**6), encoding="utf-8")


def _front(path: Path, change: Callable[[object], None]) -> None:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    data = yaml.load(front, Loader)  # noqa: S506 - it is a safe one
    change(data)
    dumped = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**6)
    path.write_text(f"---\n{dumped}---\n{body}", encoding="utf-8")


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
