"""Letters of a series: its own templates, from its folder `letters`, and whom to ask for consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import deskmemory
from casebuilder.editorial.letters import FOLDER, LetterError, built_in, consent_letters, consent_patterns
from casebuilder.files import write_whole
from casebuilder.pipeline import letterfiles, privatefolder

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from casebuilder.editorial.letters import Asking
    from casebuilder.pipeline.reading import Reading


@dataclass(frozen=True, slots=True)
class Round:
    """How to ask for consent.

    Attributes:
        reply_by: the last day for an answer; by default the day before the release, or in two weeks.
        language: of the letters; by default the case's.
        again: whether to write to those who were asked before, too.
    """

    reply_by: date | None = None
    language: str = ""
    again: bool = False


def asking(reading: Reading, slug: str, letter_round: Round | None = None) -> Asking:
    """Return whom to ask about a case's quotes, with a letter to each person.

    Raises:
        LetterError: a template cannot be read, or is wrong.
        casebuilder.pipeline.privatefolder.PrivateError: the list of people cannot be read.
    """
    letter_round = letter_round or Round()
    case = next(each for each in reading.series.cases if each.slug == slug)
    refused_quotes = deskmemory.refused(deskmemory.read(privatefolder.curation(reading.root, slug)))
    case = case.with_quotes(
        (*case.quotes, *(quote for quote in refused_quotes if quote.id not in {q.id for q in case.quotes}))
    )
    return consent_letters(
        reading.series,
        case,
        privatefolder.everybody(reading.root),
        own_templates(reading.root),
        today=reading.as_of.astimezone(reading.series.zone).date(),
        reply_by=letter_round.reply_by,
        language=letter_round.language,
        again=letter_round.again,
    )


def patterns(reading: Reading, slug: str) -> dict[str, str]:
    """Return the letter for a desk that is a file.

    Raises:
        LetterError: a template of the series cannot be used; the message begins with its path and line.
    """
    case = next(each for each in reading.series.cases if each.slug == slug)
    today = reading.as_of.astimezone(reading.series.zone).date()
    series_templates = own_templates(reading.root)
    letter, letter_of_several = consent_patterns(reading.series, case, series_templates, today=today)
    unnamed_one, unnamed_two = consent_patterns(reading.series, case, series_templates, today=today, is_named=False)
    return {"letter": letter, "letters": letter_of_several, "unnamed": unnamed_one, "unnamed_letters": unnamed_two}


def own_templates(root: Path) -> dict[str, str]:
    """Return the series' own templates, by path; {} if it has none.

    Raises:
        LetterError: one cannot be read.
    """
    texts, problems = letterfiles.read(root)
    for problem in problems:
        raise LetterError(f"{problem.path}: {problem.message}: {problem.hint}")
    return texts


def copy_templates(root: Path, language: str) -> list[Path]:
    """Write casebuilder's templates of a language into the series, to be edited. Files that are there stay.

    Raises:
        LetterError: there are none in this language.
        OSError: they cannot be written.
    """
    ending = f".{language}.md.j2"
    templates = {path: text for path, text in built_in().items() if path.endswith(ending)}
    if not templates:
        languages = sorted({path.split(".")[1] for path in built_in()})
        raise LetterError(f'there are no letters in "{language}"; there are: {", ".join(languages)}')
    written_files = []
    for path, text in templates.items():
        if not (root / path).exists():
            (root / FOLDER).mkdir(exist_ok=True)
            write_whole(root / path, text.encode())
            written_files.append(root / path)
    return written_files
