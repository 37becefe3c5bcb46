"""What happened in a series in one month, as a mail: HTML and plain text, ready for the list that it goes to.

A mail reaches people who have not thought yet, and stays with them: it holds teasers and links, never an answer. Like
every output it is made from the published series alone, so it cannot tell of a case that is not open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import writingsystems
from casebuilder.model import File
from casebuilder.outputs.digest import letter, plain
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from datetime import date

    from casebuilder.published import PublishedSeries


def render(public: PublishedSeries, month: date) -> tuple[File, ...]:
    """Return the mail as HTML and as plain text; no files if nothing happened.

    Args:
        public: the published series; it has the address that links need.
        month: the first day of the month.
    """
    mail = letter.write(public, month)
    if not mail.sections:
        return ()
    html = environment("outputs.digest", mail.language).get_template("letter.html.j2").render(letter=mail)
    name = f"digest-{month:%Y-%m}"
    return (
        File(f"{name}.html", writingsystems.marked(html, mail.language).encode()),
        File(f"{name}.txt", plain.text(mail).encode()),
    )
