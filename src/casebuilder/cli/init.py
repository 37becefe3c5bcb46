"""`casebuilder init`: start a series."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.cli import options, provenance

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command()
@click.argument("folder", metavar="DIR", type=options.Place(path_type=Path))
@click.option("--name", help="The name of the series (default: made from the name of the folder).")
@click.option("--owner", default="", help="Who must review changes to code on GitHub: @name or @organisation/team.")
@click.option("--language", default="en", show_default=True, help="The language of the pages, such as es or fil.")
@click.option("--licence", default="CC-BY-4.0", show_default=True, help="The licence of the cases (SPDX).")
@click.option("--timezone", default="UTC", show_default=True, help="The time zone of all dates, such as Europe/Dublin.")
@click.option("--site-url", metavar="ADDRESS", help="The address of the site (default: GitHub Pages of the clone).")
@click.option("--source", metavar="ADDRESS", help="The Git repository where others get casebuilder (default: found).")
def init(folder: Path, name: str | None, source: str | None, site_url: str | None, **option_values: str) -> None:
    """Create a new series in DIR: a new or empty folder, or a fresh clone of an empty repository.

    Existing files are never overwritten; missing lines of a .gitignore are added at its end. If the folder is a
    series already, nothing is changed.
    """
    from casebuilder import published
    from casebuilder.editorial import scaffold
    from casebuilder.editorial.scaffold import firststeps, git, ignored
    from casebuilder.readers import Series

    if options.is_series(folder):
        click.echo(f"{folder} is a series already; nothing was changed. To bring it up to date: casebuilder upgrade")
        return
    spaced_name = folder.resolve().name.replace("-", " ").replace("_", " ")
    title = spaced_name[:1].upper() + spaced_name[1:] if name is None else name
    remote = git.ask(folder, "config", "--get", "remote.origin.url") if git.is_top(folder) else None
    address = git.pages_address(remote or "") if site_url is None else site_url
    choices = scaffold.Choices(**option_values, site_url=address)
    try:
        source_found = provenance.find_source(source)
        today = published.today(Series())
        new_series = scaffold.new_series(title, today, choices, source_found, secrets.token_hex(4))
        texts, existing = firststeps.fitting(new_series.texts, folder)
    except scaffold.ScaffoldError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from None
    except OSError as error:
        raise click.BadParameter(f"{folder} cannot be read: {error.strerror}", param_hint="DIR") from None
    _write_series(texts, folder)
    ignores = ignored.NAME in existing and ignored.add_lines(folder, new_series.texts[ignored.NAME])
    place = replace(firststeps.begin_main(folder), existing=existing, ignores=ignores)
    options.advise(firststeps.report(" ".join(title.split()), texts, place, source_found, choices))


def _write_series(texts: Mapping[str, str], folder: Path) -> None:
    """Write a new series whole or not at all, with the record of what is casebuilder's own in it."""
    from casebuilder.cli import newfolder
    from casebuilder.editorial import scaffold
    from casebuilder.editorial.scaffold import lockfile, newseries

    machinery = {path: text for path, text in texts.items() if newseries.is_machinery(path)}
    program = scaffold.source().line
    contents = {
        path: text.encode()
        for path, text in {**texts, lockfile.NAME: lockfile.record(machinery, machinery, program)}.items()
    }
    if folder.is_dir() and any(folder.iterdir()):
        newfolder.among_others(contents, folder, "DIR")
    else:
        newfolder.new_folder(contents, folder, "DIR")
