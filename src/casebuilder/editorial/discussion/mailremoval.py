"""Email addresses in what people wrote: they are taken out of a text, however they are spelt."""

from __future__ import annotations

import re

from casebuilder.text import EMAIL, mail_in
from casebuilder.wording import recordwords

#: What every email address has, and a handle alone has not.
_MAIL_SIGN = re.compile(r"[\w.+-]@[\w-]")
#: Words, with what makes them an email address: read to their end, so that none begins within another.
_ENCODED_MAIL = re.compile(r"[\w.+-]++(?P<mail>%40[\w-]+(?:\.[\w-]+)+)?")
#: "ida (at) ward.example", "ida[at]ward[dot]example": hidden from programs, and not from people.
_AT_SIGN = re.compile(r"[\[({]\s?(?:at|@|arroba)\s?[\])}]", re.IGNORECASE)
_SPELT_MAIL = re.compile(
    rf"[\w.+-]++(?P<mail>\s?{_AT_SIGN.pattern}\s?[\w-]+(?:\s?(?:\.|[\[({{]\s?(?:dot|\.|punto)\s?[\])}}]|\s(?:dot|punto)\s)\s?[\w-]+)+)?",
    re.IGNORECASE,
)
#: Whom an answer by email quotes: "On 7 April, Bo Larsen <bo@ward.example> wrote:" says it with the address.
_WRITER = re.compile(
    r"(?<![^\W\d_])(?:[^\W\d_a-z][\w.'’-]{0,40}[ \t]{1,3}){1,5}"
    r"<(?=[^\s<>@]{1,64}@[^\s<>]{1,200}>[^\n]{0,24}:[ \t]*$)",
    re.MULTILINE,
)


def holds_encoded(text: str) -> bool:
    """Return whether a text has an email address with the code of its @, as in web addresses."""
    return "%40" in text and any(match["mail"] for match in _ENCODED_MAIL.finditer(text))


def without_mail(text: str, contact: str, language: str = "en") -> str:
    """Return a text without email addresses, but for the series' own contact; a language says so in their place."""
    if ">" in text and "@" in text:
        text = _WRITER.sub("<", text)
    if "\uff20" in text and EMAIL.search(text.replace("\uff20", "@")):
        text = text.replace("\uff20", "@")  # Japanese and Chinese keyboards type this sign
    if "@" in text and _MAIL_SIGN.search(text):
        contact_address = mail_in(contact)
        text = EMAIL.sub(
            lambda match: match[0] if match[0].casefold() == contact_address else recordwords.mail(language), text
        )
    if "%40" in text:
        text = _replace_addresses(_ENCODED_MAIL, text, language)
    in_brackets = "(" in text or "[" in text or "{" in text
    is_spelt = in_brackets and _AT_SIGN.search(text)
    return _replace_addresses(_SPELT_MAIL, text, language) if is_spelt else text


def _replace_addresses(pattern: re.Pattern[str], text: str, language: str) -> str:
    """Return a text with what a language says in place of each email address that a pattern finds."""
    instead = recordwords.mail(language)
    return pattern.sub(lambda match: instead if match["mail"] else match[0], text)
