"""Problems are values: what is wrong, where, how bad, and how to fix it.

Every kind of problem has a stable kebab-case code. The table of codes is the only list: it contains the
severity and the description for the SARIF report, and a test checks that the handbook explains each code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How bad a problem is.

    An error would publish something wrong, inaccessible or without consent: nothing is built.
    A warning is something that an editor should see before publication; the site is built.
    A note is a matter of length, taste or habit.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """A problem code's severity, and its description in one sentence.

    Attributes:
        severity: how bad it is.
        summary: what is wrong.
        is_strict: whether it stops a build of a series that is strict; what only somebody else can answer does not.
    """

    severity: Severity
    summary: str
    is_strict: bool = True


def _error(summary: str) -> Code:
    return Code(Severity.ERROR, summary)


def _warning(summary: str) -> Code:
    return Code(Severity.WARNING, summary)


def _question(summary: str) -> Code:
    """Return the code of an open question to somebody.

    It stops nothing: the item is left out until the answer comes.
    """
    return Code(Severity.WARNING, summary, is_strict=False)


def _note(summary: str) -> Code:
    return Code(Severity.NOTE, summary)


#: Every problem code, in families. The order here is the order in the handbook.
CODES: dict[str, Code] = {
    # reading files
    "not-utf8": _error("A text file is not encoded in UTF-8."),
    "control-character": _error("A text file contains an invisible character that is not text."),
    "merge-conflict": _error("A merge of two people's changes was not finished."),
    "file-too-large": _error("A file is larger than casebuilder reads."),
    "line-too-long": _error("A line is longer than casebuilder reads."),
    "link-outside": _error("A symbolic link leads out of the series."),
    "symbolic-link": _error("A file or a folder is a symbolic link."),
    "misplaced-folder": _error(
        "A folder of the site contains files that must not be published, or must not be replaced."
    ),
    "unreadable-file": _error("A file cannot be opened."),
    "empty-file": _error("A file that must have text is empty."),
    "unexpected-file": _warning("A file has a name or a place that casebuilder does not know, and is ignored."),
    "unportable-name": _warning("A file or folder has a name that Windows or macOS cannot have."),
    "template-error": _error("A template in the folder of the theme cannot be used."),
    "print-style": _error("The print style of the series stops its packs, or spoils them."),
    "letter-template": _warning("A template in the folder of the letters cannot be used."),
    "missing-file": _error("A required file is missing."),
    "no-series": _error("The folder is not a series: there is no mkdocs.yml, or it does not name the plugin."),
    "missing-site-url": _warning("A site has no address, site_url."),
    "unused-setting": _warning("A setting has no effect on the pages of a series."),
    "program-not-run": Code(Severity.NOTE, "A program that only a build runs may stop it.", is_strict=False),
    "not-installed": _error("A theme, a plugin or a Markdown extension is not installed."),
    "not-in-site": _warning("The settings name a page or a file that the site does not have."),
    "bad-inherit": _error("The configuration inherits from a file that cannot be used."),
    # YAML and front matter
    "yaml-syntax": _error("A line of YAML cannot be understood."),
    "yaml-duplicate-key": _error("A field is written twice."),
    "yaml-too-deep": _error("Lists or brackets are nested too deeply."),
    "yaml-aliases": _error("The YAML repeats itself too often."),
    "yaml-tag": _error("A value is an instruction to a program."),
    "front-matter": _error("The front matter of a Markdown file is missing or not closed."),
    "unused-front-matter": _warning("A text begins with front matter of another program, which is left out."),
    "json-syntax": _error("A line of the discussion's record is not a contribution."),
    # values
    "unknown-key": _error("A field has a name that casebuilder does not know."),
    "missing-field": _error("A required field is missing."),
    "wrong-type": _error("A value has the wrong type for its field."),
    "unknown-value": _error("A value is not a possible value of its field."),
    "bad-value": _error("A value does not have the form that its field needs."),
    "bad-date": _error("A date or time cannot be read."),
    "bad-zone": _error("A time zone is not in the time zone database."),
    "bad-country": _error("A country is not an ISO 3166 code of two letters."),
    "bad-language": _error("A language is not a BCP 47 tag."),
    "bad-licence": _error("A licence is not an SPDX identifier that casebuilder knows."),
    "wrong-count": _error("A list has too few or too many entries."),
    # structure
    "bad-slug": _error("A case's folder is not named YYYY-MM-short-name."),
    "duplicate-id": _error("Two things have the same id."),
    "question-count": _error("A case has fewer than two or more than seven questions."),
    "question-heading": _warning("A question has a number of its own, or no heading."),
    "question-without-heading": _error("Text in questions.md comes before the first question."),
    "wrong-kind": _error("A field or file belongs to the other kind of case."),
    "responder-name": _error("A response is not named after a person's profile."),
    "unknown-case": _error("A collection names a case that does not exist."),
    "unknown-question": _error("A question id does not exist in its case."),
    "unknown-theme": _error("A theme id does not exist in its commentary."),
    "unknown-quote": _error("A quote that the commentary places does not exist."),
    "unknown-contribution": _error("A contribution is not in the discussion's record."),
    "unknown-competency": _error("A competency is not in its framework."),
    "unknown-section": _error("A step of a session names a section that the case does not have."),
    "unknown-channel": _warning("A live hour is at a place that is not among the channels."),
    "theme-without-heading": _error("A theme has no heading in the commentary."),
    "quote-placed-twice": _warning("A quote is placed twice."),
    "unfinished-text": _warning("A TODO is left in a text that is not a draft."),
    "story-length": _note("A story is shorter or longer than readers are used to."),
    "response-length": _note("An expert response is shorter or longer than readers are used to."),
    "teaser-length": _note("A teaser is longer than 60 words."),
    "biography-length": _note("A biography is longer than 120 words."),
    "objective-count": _error("A case has fewer than two or more than five objectives."),
    "shared-address": _error("Two different topics, audiences or files would have the same address."),
    "topic-spelling": _warning("A topic or an audience is written in two ways."),
    "duplicate-alias": _error("Two cases have the same old address, or it is in use."),
    "duplicate-episode": _error("Two cases have the same season and episode."),
    # people
    "unknown-person": _error("A person who is named has no profile in experts/."),
    "missing-disclosure": _error("Somebody who writes, responds, reviews or curates has no disclosure."),
    "missing-family-name": _warning("A profile does not say which part of a cited name is the family name."),
    "missing-credit": _error("A case has no writer or no editor."),
    "unused-person": _note("A profile is not used by any case or collection."),
    "orcid-check-digit": _error("An ORCID's check digit is wrong: a digit was mistyped."),
    # references
    "unknown-reference": _error("A text cites a reference that the case does not list."),
    "unused-reference": _note("A reference is listed but never cited."),
    "bad-doi": _error("A DOI is not of the form 10.NNNN/suffix."),
    "bad-url": _error("An address is not a full http or https address."),
    # dates
    "date-order": _error("A case must open before it closes, and not be released before it closes."),
    "missing-change": _error("A withdrawn case does not say when and why in its changes."),
    # consent
    "missing-consent": _error("An item waits for consent, or its consent does not allow it to be printed like this."),
    "pending-consent": _question("The discussion has closed, and somebody has not answered yet whether we may print."),
    "quote-not-verbatim": _error("A quote's words are not those of the contribution that it names."),
    "missing-digest": _warning("A quote from a private record does not carry the digest of its contribution."),
    "tracked-record": _warning("The record of a private discussion is in Git, or would be with the next git add."),
    "digest-mismatch": _warning("A contribution was changed after a quote was drawn from it."),
    "missing-text": _error("A quote has no text."),
    "withdrawn-text": _error("A file still holds a text that was withdrawn."),
    "unrecorded-change": _error("A released text changed, and the case's changes do not say so."),
    "named-without-name": _error("A quote must be printed with its author's name and has none."),
    "anonymous-with-name": _error("A quote must be anonymous and has a name or a handle."),
    "telling-quote": _warning("The id or the role of a quote without a name may say whose it is."),
    "shared-pseudonym": _warning("One pseudonym means two people."),
    "consent-after-release": _error("An expert's consent is dated after the release."),
    "missing-privacy-check": _error("A case that is not fictional was not checked by a second person for privacy."),
    "figure-contradicts-record": _error("A typed figure contradicts the record of the discussion."),
    "figures-differ": _warning("A file of figures differs from the record of the discussion."),
    "small-figure": _error("A figure of the discussion is so small that it must be hidden."),
    # privacy
    "email-address": _warning("A text contains an email address."),
    "phone-number": _warning("A text contains what looks like a telephone number."),
    "record-number": _warning("A text contains what looks like a patient's record number."),
    "birth-date": _warning("A text contains a full date of birth."),
    "email-in-record": _error("The record of a discussion contains an email address."),
    "ip-address": _error("The record of a discussion contains an IP address."),
    # accessibility
    "missing-alt": _error("A picture has no alternative text."),
    "poor-alt": _warning("An alternative text does not say what the picture shows."),
    "missing-picture": _error("A picture that a text shows does not exist."),
    "picture-outside": _error("A picture is outside its case's folder."),
    "linked-picture": _warning("A picture is on another site, and readers get a link to it."),
    "heading-level": _warning("A heading skips a level."),
    "heading-one": _warning("A text uses a first-level heading, which is reserved for the page's title."),
    "glued-heading": _error("The # of a heading is not followed by a space."),
    "empty-heading": _error("A heading is empty."),
    "heading-left-out": _warning("A heading has no words, and is left out."),
    "link-text": _warning("A link's text does not say where it leads."),
    "bare-link": _note("An address in a text has no link text."),
    "unsafe-html": _error("A text contains HTML that is not allowed."),
    # pictures
    "broken-picture": _error("A picture is empty, cut off or damaged."),
    "picture-kind": _error("A picture's type is not shown everywhere, or is not the type that its name says."),
    "picture-size": _error("A picture is larger than casebuilder opens."),
    "picture-shape": _warning("A picture is so long and narrow that nothing in it can be read."),
    "moving-picture": _error("A picture moves."),
    "picture-position": _warning("A picture contains the location where it was taken."),
    "file-metadata": _note("A file beside the pages contains its author's name, or the location where it was taken."),
    "unsafe-svg": _error("A drawing contains a program, or loads something from elsewhere."),
    "svg-too-complex": _error("A drawing has too many elements, or is nested too deeply."),
    "svg-label": _error("A drawing has a label that is not printed."),
    "svg-reduced": _warning("Something in a drawing is not shown."),
    # texts
    "ignored-attribute": _warning("An attribute of an HTML tag makes no difference here, and is left out."),
    "stray-tag": _warning("Words look like an HTML tag, or signs of Markdown do nothing, and are printed unchanged."),
    "unsupported-syntax": _error("A text uses another program's notation, which would be printed as plain characters."),
    "pasted-text": _error("A table or a comment was pasted from another program."),
    "pasted-list": _warning("Lines of a pasted list or chat would be printed as one paragraph."),
    "split-word": _warning("A line ends within a word."),
    "underlined-paragraph": _warning("A paragraph is a heading, because a rule stands right below it."),
    "code-by-mistake": _warning("A paragraph is printed as a program's text."),
    "invisible-character": _warning("A text or a field contains an invisible character."),
    "garbled-letters": _warning("Letters of a text or a field were read in the wrong encoding."),
    "nested-too-deep": _error("Lists, quotations or marks are nested too deeply."),
    "lost-words": _error("Words of a text would not be printed."),
    "unused-abbreviation": _warning("A text explains an abbreviation that it does not have."),
    "lost-sign": _warning("A sign at the start of a line is read as a quotation or a list, and is not printed."),
    "list-number": _warning("An entry of a list would be printed with another number."),
    "emphasis-in-word": _warning("Stars between words are read as emphasis, and are not printed."),
    "unknown-note": _error("A text refers to a footnote that does not exist."),
    "unknown-label": _warning("A link names a label that has no address."),
    "table-columns": _error("A table has too many columns for a page."),
    "wide-table": _warning("The words of a table need more room than a sheet of paper has, and are broken."),
    "table-header": _warning("The first row of a table has no column headings."),
    "heading-id": _error("The id at the end of a heading is mistyped."),
    "quote-line": _error("A line that should place a quote is mistyped or misplaced."),
    # links
    "broken-link": _error("A link or a picture is mistyped, and its brackets would be printed."),
    "dead-link": _error("A link leads nowhere."),
    "note-mark": _warning("The number of a note leads nowhere, and is printed without a link."),
    "sealed-link": _error("A link leads to a file that is not a page."),
    "link-scheme": _error("A link's address is of a type that is not allowed."),
    "draft-link": _warning("A link leads to a case that is a draft."),
    "page-link": _warning("A link of a hand-written page leads nowhere."),
    "page-not-in-menu": _warning("The menu does not name a hand-written page."),
    "page-error": _error("A hand-written page, or a file of its data, cannot be read."),
    # printing
    "unprintable-character": _error("A text contains a character that no font of the packs has."),
    # sessions
    "outside-discussion": _warning("A live hour, a timed question or a contribution is not within the discussion."),
    "overlapping-hours": _warning("Two live hours are at the same time."),
    "question-asked-twice": _warning("A timed question is asked twice."),
    "session-sum": _error("The steps of a session do not add up to its minutes."),
}


#: Characters that break lines, control a terminal or cannot be encoded. Messages contain authors' words.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_LONGEST_MESSAGE, _LONGEST_HINT = 300, 4_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        path: the file, relative to the series' root, with forward slashes.
        line: from 1.
        column: from 1, counted in characters.
        code: a key of CODES.
        message: what is wrong, in one sentence without a full stop.
        hint: how to fix it; may be empty.
        about: the unknown name, if that is the problem: an undefined name is one problem, however often it is used.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    about: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse an unknown code, and make path, message and hint one printable line each."""
        if self.code not in CODES:
            raise KeyError(self.code)
        for name, longest in (("path", 0), ("message", _LONGEST_MESSAGE), ("hint", _LONGEST_HINT)):
            text = getattr(self, name)
            if _UNPRINTABLE.search(text) or len(text) > longest > 0:
                object.__setattr__(self, name, _as_one_line(text, longest))

    @property
    def severity(self) -> Severity:
        """The severity of its code."""
        return CODES[self.code].severity


def _as_one_line(text: str, longest: int) -> str:
    """Return printable words; the middle of a long text is omitted, because both ends are informative."""
    text = _UNPRINTABLE.sub(" ", text).strip()
    half = longest // 2
    return f"{text[:half]} … {text[-half:]}" if len(text) > longest > 0 else text


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once, by file, then by place in the file."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.path, problem.line, problem.column, problem.code)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that stop every build."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def stoppers(problems: Iterable[Problem], *, strict: bool) -> tuple[Problem, ...]:
    """Return the problems that stop the build of a series: errors, or if it is strict all but open questions."""
    return tuple(problem for problem in problems if CODES[problem.code].is_strict) if strict else errors(problems)
