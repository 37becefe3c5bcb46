"""`casebuilder pack`: print one pack for a workshop."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.cli import newfolder, options
from casebuilder.editions import EDITIONS, HANDOUT, NAMED, PAPERS
from casebuilder.problems import CODES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebuilder.pipeline import Reading

#: "For participants, for you, to read, or to project."
_PURPOSES = ", ".join([*(one.purpose for one in EDITIONS[:-1]), f"or {EDITIONS[-1].purpose}."]).capitalize()


@click.command()
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@click.option("--collection", default="", metavar="ID", help="All cases of this collection.")
@click.option("--topic", default="", help="All cases on this topic.")
@click.option("--year", type=int, help="All cases that opened in this year.")
@click.option("--season", type=int, help="All cases of this season.")
@click.option(
    "--edition",
    type=click.Choice(tuple(NAMED), case_sensitive=False),
    default=HANDOUT.name,
    show_default=True,
    help=_PURPOSES,
)
@click.option("--paper", type=click.Choice(tuple(PAPERS), case_sensitive=False), default="a4", show_default=True)
@click.option("--minutes", type=click.IntRange(min=1), help="Print only the session plan of this length in the guide.")
@click.option("--large-print", "large", is_flag=True, help="Print in 18 point type.")
@click.option(
    "--copies",
    type=click.Choice(("participants", "groups")),
    default="participants",
    show_default=True,
    help="One handout for each person, or one for each small group.",
)
@click.option("--jigsaw", is_flag=True, help="Each question on its own sheet, one for each group.")
@click.option("--reveal-cards", is_flag=True, help="Each later part of the story on its own sheet.")
@click.option("--role-cards", is_flag=True, help="A card to cut out for each character.")
@click.option("--fillable", is_flag=True, help="Form fields to type in, instead of ruled lines.")
@click.option("--title", default="", help="The title of your workshop, for a cover.")
@click.option("--date", default="", help="The date of your workshop, in the words to print: 3 April 2026.")
@click.option("--facilitator", default="", help="Who runs it.")
@click.option(
    "--logo",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A picture for the cover: PNG, JPEG, SVG or WebP.",
)
@click.option(
    "-o",
    "--output",
    type=options.Place(path_type=Path),
    metavar="FILE",
    help="The file to write (default: in the current folder).",
)
@options.AS_OF
@options.DRAFTS
@options.SERIES
def pack(  # noqa: PLR0913 - click's form
    cases: tuple[str, ...],
    *,
    root: Path,
    as_of: str | None,
    drafts: bool,
    output: Path | None,
    logo: Path | None,
    **options_given: object,
) -> None:
    """Print one pack: a PDF of the CASEs, in the order given. Without --drafts it contains only what is released."""
    from casebuilder import pipeline
    from casebuilder.cli import refusals
    from casebuilder.outputs.packs import press, views

    cover_options = {name: str(options_given.pop(name)) for name in ("title", "date", "facilitator")}
    cover_files = {f"logo{logo.suffix.lower()}": _read_logo(logo)} if logo else {}
    logo_name = next(iter(cover_files), "")
    arrangement_options = {field.name: options_given.pop(field.name) for field in fields(views.Arrangement)}
    options_given["cases"] = tuple(options.case_named(case, root) for case in cases)
    arrangement = views.Arrangement(**arrangement_options)  # type: ignore[arg-type]  # click's own names
    cover = views.Cover(**cover_options, logo=logo_name)
    request = views.PackRequest(**options_given, cover=cover, arrangement=arrangement)  # type: ignore[arg-type]  # click's own names
    reading = options.sound(root, as_of)
    if not drafts:
        _refuse_not_public(reading, request.cases)
    newfolder.cache(reading)
    try:
        path, pages = pipeline.pack(reading, request, output, cover_files, drafts=drafts)
    except views.PackRequestError as error:
        message, option = refusals.words(error.refusal)
        raise click.BadParameter(message, param_hint=option) from None
    except press.PressError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        message = f"{output or 'the pack'} cannot be written: {error.strerror}; nothing was written"
        raise click.BadParameter(message, param_hint="-o") from None
    click.echo(f"{path}: {pages} {'page' if pages == 1 else 'pages'}")
    if arrangement.one_sided:
        click.echo("Print it single-sided: the sheets are handed out one after another, or cut apart.")


def _refuse_not_public(reading: Reading, slugs: Iterable[str]) -> None:
    """Refuse a case that exists but is not public yet, and say what to change.

    Raises:
        click.BadParameter: a case is a draft, or opens later.
    """
    from casebuilder import published
    from casebuilder.model import State, window

    zone = reading.series.zone
    cases_by_slug = {case.slug: case for case in reading.series.cases}
    for case in (cases_by_slug[slug] for slug in slugs if slug in cases_by_slug):
        state = published.state(case, reading.as_of, zone)
        if state is State.DRAFT:
            reason = "is a draft, and a pack contains only what is public; to print it for a look, add --drafts"
            raise click.BadParameter(f"{case.slug} {reason}", param_hint="CASE")
        if state is State.SCHEDULED:
            opens = f"{window(case, zone)[0]:%Y-%m-%dT%H:%M}".removesuffix("T00:00")
            reason = f"has not opened yet; to print it as of that day, add --as-of {opens}; for a look, --drafts"
            raise click.BadParameter(f"{case.slug} {reason}", param_hint="CASE")


def _read_logo(place: Path) -> bytes:
    """Read a picture for the cover, without the metadata of whoever made it.

    Raises:
        click.BadParameter: it cannot be printed.
    """
    from casebuilder.readers import pictures

    if place.suffix.lower() not in pictures.SHOWN:
        raise click.BadParameter(f"{place} cannot be printed: use {', '.join(pictures.SHOWN)}", param_hint="--logo")
    try:
        content = place.read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{place} cannot be read: {error.strerror}", param_hint="--logo") from None
    for fault in pictures.judge(place.name, content):
        if CODES[fault.code].severity is Severity.ERROR:
            raise click.BadParameter(f"{place} {fault.message}: {fault.hint}", param_hint="--logo")
    return pictures.published(place.name, content)
