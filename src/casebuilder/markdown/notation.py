"""One notation of another program: how it is found, what it is called, and what to write in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

#: The hint for a quote, which is made of the quote's own id.
QUOTE_HINT = ""
_QUOTE_ID = re.compile(
    r"[^\w\n]{0,8}[a-z]{3,8}[\s\[\](){}<>:=\"'\uff08\u3010\uff3b]{1,6}(?P<id>[a-z0-9][\w-]{0,40})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Notation:
    """A notation that casebuilder does not print.

    Attributes:
        sign: the characters that it can begin with.
        pattern: a regular expression, matched at that character.
        name: its name in a sentence.
        hint: what to write instead; `{}` stands for the words in it.
        code: the problem's code.
    """

    sign: str
    pattern: str
    name: str
    hint: str
    code: str = "unsupported-syntax"

    @property
    def form(self) -> re.Pattern[str]:
        """The compiled pattern. Most texts have the signs of few notations, and compiling all takes milliseconds."""
        return _compile(self.pattern)

    def message(self, text: str) -> str:
        """Return the message for words in this notation."""
        consequence = (
            ", which is not supported and would be printed as plain characters"
            if self.code == "unsupported-syntax"
            else ""
        )
        return f'"{text}" is {self.name}{consequence}'

    def remedy(self, text: str, following: str = "") -> str:
        """Return the hint for words in this notation; `following` is the text from these words on."""
        if self.code == "quote-line":
            return _quote_hint(following or text)
        return self.hint.replace("{}", text.strip(self.sign))


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _quote_hint(text: str) -> str:
    """Return how to place the quote that a mistyped line names."""
    match = _QUOTE_ID.match(text.replace("\\", ""))
    line = "in small letters, with nothing before or after it"
    if match:
        return f"write ::quote[{match['id']}] on a line of its own, {line}"
    return (
        f"write ::quote[ ] on a line of its own, with the id that the quote has in quotes.yml between [ and ], {line}"
    )
