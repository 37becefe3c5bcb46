"""`casebuilder consent`: ask the authors of quotes for their permission, and write down what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebuilder.cli import commandlist, letters, options, participants
from casebuilder.cli.quote import refusals

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from casebuilder.editorial.letters import Addressee, Asking
    from casebuilder.model import Use


@click.group(cls=commandlist.Group)
def consent() -> None:
    """Ask the authors of quotes for their permission, and record their answers."""


@consent.command("letters")
@click.argument("case", metavar="CASE")
@click.option("--again", is_flag=True, help="Write to those who were asked before and did not answer, too.")
@click.option("--reply-by", type=letters.Day(), metavar="DATE", help="The last day for an answer.")
@letters.LANGUAGE
@letters.OUTPUT
@options.AS_OF
@options.SERIES
def letters_(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    again: bool,  # noqa: FBT001 - click's form
    reply_by: date | None,
    language: str,
    output: Path | None,
    as_of: str | None,
    root: Path,
) -> None:
    """Write a letter to each author whose quote in CASE waits for permission, and list where to reach them.

    Nobody who said no to a quote of this case is asked for another. Casebuilder sends nothing: copy each letter to
    where its author can be reached.
    """
    from casebuilder.pipeline import correspondence

    reading = options.settled(root, as_of)
    slug = options.known_case(case, [each.slug for each in reading.series.cases], root)
    options.refuse_unread(reading, slug)
    letters.refuse_past(reply_by, reading, "--reply-by")
    letters.refuse_public(output, root)
    chosen_case = next(each for each in reading.series.cases if each.slug == slug)
    with participants.private_folder(), letters.refusals():
        letters.own_templates(root)
        asking = correspondence.asking(reading, slug, correspondence.Round(reply_by, language, again))
    # A quote is in one letter only, so that it can name the file.
    files = ((f"consent-{slug}-{addressee.quotes[0]}", addressee) for addressee in asking.letters)
    language_of_letters = language or chosen_case.language or reading.series.language
    letters.print_or_write(
        {name: (_heading(addressee), addressee.letter) for name, addressee in files if addressee.letter},
        output,
        language_of_letters,
    )
    _report(asking, slug, recorded=bool(chosen_case.contributions))


def _heading(addressee: Addressee) -> str:
    """Return who a letter is for, where they can be reached, and which quotes it is about."""
    reach = ", ".join(f"{how}: {contact}" for how, contact in addressee.reach) or "not known where to reach them"
    return f"To {addressee.name} ({reach}) about {', '.join(addressee.quotes)}"


def _report(asking: Asking, slug: str, *, recorded: bool) -> None:
    """Report whom nobody needs to write to, and what is not known here."""
    for addressee in asking.waiting:
        quotes = ", ".join(addressee.quotes)
        click.echo(f"{addressee.name} was asked on {addressee.on} about {quotes}; --again writes once more", err=True)
    for addressee in asking.refused:
        when = f" on {addressee.on}" if addressee.on else ""
        answer = f"{addressee.name} said no{when} and is not asked again"
        click.echo(f"{answer}: paraphrase {', '.join(addressee.quotes)}, or leave it out", err=True)
    if not recorded and (asking.letters or asking.waiting):
        click.echo(
            f"the record of {slug} is not on this computer, so one person may get two letters, and somebody who said "
            "no under another name may be asked again: if possible, ask whoever has the record to write the letters",
            err=True,
        )
    if not asking.knows_people and (asking.letters or asking.waiting):
        click.echo(
            ".casebuilder/people.jsonl is not on this computer: letters go to pseudonyms, and where people can be "
            "reached is only known of named posts; whoever imported the discussion has that file",
            err=True,
        )
    count = len(asking.letters)
    click.echo(f"{count} {'person' if count == 1 else 'people'} to ask about {slug}", err=True)


@consent.command("set")
@click.argument("case", metavar="CASE")
@click.argument("who", metavar="WHO")
@click.argument("state", type=click.Choice(("asked", "granted", "licensed", "not-needed", "refused")))
@click.option("--on", type=letters.Day(), metavar="DATE", help="The day of the answer (default: today).")
@click.option("--how", default="", metavar="WORDS", help="How you know, for the editors: reply to our message.")
@click.option("--uses", default=None, metavar="USES", help="Where it may be used, if not everywhere: site,print,card.")
@options.AS_OF
@options.SERIES
def set_(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    who: str,
    state: str,
    on: date | None,
    how: str,
    uses: str | None,
    as_of: str | None,
    root: Path,
) -> None:
    """Record in CASE's quotes.yml that an author was asked, or what they answered.

    WHO is the id of a quote, or a person: a pseudonym, a name, a handle or a key. For a person, all their quotes that
    wait for an answer change.
    """
    from casebuilder.editorial.curation.deskschema import Agreement
    from casebuilder.model import ConsentState
    from casebuilder.pipeline import addquotes

    reading = options.settled(root, as_of)
    slug = options.known_case(case, [each.slug for each in reading.series.cases], root)
    new_state = ConsentState.PENDING if state == "asked" else ConsentState(state)
    today = reading.as_of.astimezone(reading.series.zone).date()
    day = on or today
    if day > today:
        message = f"{day} is after today, {today}: an answer that nobody has given yet cannot be written down"
        raise click.BadParameter(message, param_hint="--on")
    answer = Agreement(state=new_state, on=day, how=" ".join(how.split()), uses=_uses(uses))
    with refusals():
        written_files, result = addquotes.answer(reading, slug, who, answer, keep_uses=uses is None)
    for place in written_files:
        click.echo(place)
    click.echo(f"{', '.join(result.quotes)}: {state} on {day}" if result.quotes else "nothing changed")
    if state == "refused" and result.quotes:
        click.echo("write a paraphrase in your own words, or leave it out; its author is not asked again", err=True)


def _uses(text: str | None) -> tuple[Use, ...] | None:
    """Return the uses that somebody named, in the order of the table.

    Raises:
        click.BadParameter: one is unknown, or none is named.
    """
    from casebuilder.model import Use

    if text is None:
        return None
    names = {word.strip() for word in text.split(",") if word.strip()}
    if not names or (unknown := sorted(names - {*Use})):
        reason = f'"{unknown[0]}" is not a use' if names else "no use is named"
        raise click.BadParameter(f"{reason}; there are: {', '.join(Use)}", param_hint="--uses")
    return tuple(use for use in Use if use in names)
