"""What an import adds to the texts of a discussion, in every language: "[Picture: ...]", "Participant 7".

Importers do not know the language of a series. They write marks, which become words once it is known: so a post can be
compared with what a record holds of it, whatever the language was when it was imported.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.text import message
from casebuilder.wordcount import words_alike
from casebuilder.wording.catalogue import SOURCE, languages, translations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Around a mark, and between its parts: no character of any text is one of these.
OPENING, BETWEEN, CLOSING = "\ufdd0", "\ufdd1", "\ufdd2"
_MARK = re.compile(f"{OPENING}([a-z]*)([^{OPENING}{CLOSING}]*){CLOSING}")
_STRAY = re.compile(f"[{OPENING}-{CLOSING}]")
#: Marks within marks: a picture in a quoted post.
_DEEPEST = 8
_DIGITS = 15
#: What two copies of one text may have in different words; and how many words recognise it, and how few at least.
_VARYING = r"\[[^\[\]\n]*\]|https?://\S+|@[\w.@-]+"
_ENOUGH, _LEAST = 12, 6
_KINDS = {
    "picture": (message("[Picture: %(words)s]"), message("[Picture without a description]")),
    "video": (message("[Video: %(words)s]"), message("[Video without a description]")),
    "audio": (message("[Audio: %(words)s]"), message("[Audio without a description]")),
}
PSEUDONYM = message("Participant %(number)s")
#: What stands for the name of an author who has none.
NAMELESS = ("anonymous", "owner", "user")


def mark(kind: str, *parts: str) -> str:
    """Return a mark for words in a language that is not known yet.

    Args:
        kind: a name of _RENDERED.
        parts: texts that are put into these words; they may have marks themselves.
    """
    return f"{OPENING}{kind}{''.join(f'{BETWEEN}{part}' for part in parts)}{CLOSING}"


def rendered(text: str, language: str = SOURCE) -> str:
    """Return a text with words in place of its marks."""
    if OPENING not in text:
        return text
    for _ in range(_DEEPEST):
        text, count = _MARK.subn(lambda match: _render_words(match, language), text)
        if not count:
            break
    return _STRAY.sub("", text)


def _render_words(match: re.Match[str], language: str) -> str:
    parts = match[2].split(BETWEEN)[1:]
    rendering = _RENDERED.get(match[1])
    return rendering(language, parts) if rendering else " ".join(parts)


def _translate(template: str, language: str, /, **values: str) -> str:
    return translations(language).gettext(template) % values


def _renderer(kind: str) -> Callable[[str, list[str]], str]:
    with_words, without_words = _KINDS[kind]

    def render(language: str, parts: list[str]) -> str:
        text = "".join(parts)
        return _translate(with_words, language, words=text) if text else _translate(without_words, language)

    return render


def _render_votes(language: str, parts: list[str]) -> str:
    number = _as_number(parts)
    return translations(language).ngettext("%(num)s vote", "%(num)s votes", number) % {"num": number}


def _as_number(parts: list[str]) -> int:
    """Return the number that a mark has; 0 if it has another text, which somebody typed."""
    first = "".join(parts[:1])
    return int(first) if first.isascii() and first.isdigit() and len(first) <= _DIGITS else 0


def _render_poll(language: str, parts: list[str]) -> str:
    answers, voters, is_open = (*parts, "", "", "")[:3]
    answers_text = answers or _translate(message("answers not given"), language)
    if voters:
        number = _as_number([voters])
        voted = translations(language).ngettext("%(num)s voted", "%(num)s voted", number) % {"num": number}
        answers_text = f"{answers_text}; {voted}"
    if is_open:
        open_note = _translate(message("still open"), language)
        answers_text = f"{answers_text}; {open_note}"
    return _translate(message("[Poll: %(answers)s]"), language, answers=answers_text)


def _render_quotation(language: str, parts: list[str]) -> str:
    quoted, author = (*parts, "", "")[:2]
    quoted = quoted or _translate(message("no longer there"), language)
    if author:
        return _translate(message("[Quoted post by %(author)s: %(words)s]"), language, author=author, words=quoted)
    return _translate(message("[Quoted post: %(words)s]"), language, words=quoted)


def _simple_renderer(template: str) -> Callable[[str, list[str]], str]:
    return lambda language, parts: _translate(template, language, words="".join(parts))


_RENDERED: dict[str, Callable[[str, list[str]], str]] = {
    **{kind: _renderer(kind) for kind in _KINDS},
    "warning": _simple_renderer(message("[Content warning: %(words)s]")),
    "sensitive": _simple_renderer(message("marked as sensitive")),
    "private": _simple_renderer(message("not public")),
    "card": _simple_renderer(message("[Link: %(words)s]")),
    "anonymous": _simple_renderer(message("Anonymous")),
    "owner": _simple_renderer(message("the owner of the archive")),
    "user": _simple_renderer(message("user %(words)s")),
    "votes": _render_votes,
    "poll": _render_poll,
    "quotation": _render_quotation,
}


def is_nameless(author: str) -> bool:
    """Return whether an author's name is a mark for somebody whose name an export does not have."""
    match = _MARK.fullmatch(author)
    return bool(match) and (match or [""])[1] in NAMELESS


def pseudonym(number: int, language: str) -> str:
    """Return what a participant is called: "Participant 7"."""
    return _translate(PSEUDONYM, language, number=str(number))


def mail(language: str) -> str:
    """Return the words in place of an email address."""
    return _translate(message("[e-mail address]"), language)


def several(language: str) -> str:
    """Return the words in place of a name that several participants have."""
    return _translate(message("[name of a participant]"), language)


def page_of(name: str, language: str) -> str:
    """Return the words in place of the address of a participant's page."""
    return _translate(message("[page of %(name)s]"), language, name=name)


def address_of_post(language: str) -> str:
    """Return the words in place of an address that leads to a post, and so to its author."""
    return _translate(message("[address of a post]"), language)


@lru_cache(maxsize=1)
def numbered() -> re.Pattern[str]:
    """Return the pattern of a pseudonym in any language: a series may have changed its own. Its group is the number."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _pseudonym_names()))}) (\d{{1,9}})\b")


@lru_cache(maxsize=1)
def _pseudonym_names() -> tuple[str, ...]:
    """Return the words before the number of a pseudonym, the longest first."""
    return tuple(sorted({_pseudonym_name(language) for language in languages()}, key=lambda name: (-len(name), name)))


def _pseudonym_name(language: str) -> str:
    return translations(language).gettext(PSEUDONYM).partition(" %(number)s")[0]


def is_named(text: str) -> bool:
    """Return whether a text has the words of a pseudonym: the pattern takes longer to find out."""
    return any(name in text for name in _pseudonym_names())


def forms(text: str) -> Iterable[str]:
    """Yield a text with marks as each language says it, English first; one without marks once."""
    yield rendered(text, SOURCE)
    if OPENING in text:
        yield from (rendered(text, language) for language in languages() if language != SOURCE)


def own_words(text: str) -> str:
    """Return the part of a text that recognises it in any other copy: the first long one, else the longest.

    Pseudonyms, handles, addresses and what stands in brackets are between such parts: another copy has others.
    """
    names = numbered().pattern.replace(r"(\d", r"(?:\d")
    parts = re.split(f"{names}|{_VARYING}", text)
    counts = [len(words_alike(part)) for part in parts]
    best = next((place for place, count in enumerate(counts) if count >= _ENOUGH), counts.index(max(counts)))
    return parts[best] if counts[best] >= _LEAST else text
