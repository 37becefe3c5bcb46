"""Authors' Markdown as clean HTML, rendered once a build and shared by site, feeds and packs.

A pull request is untrusted input, so what comes out is sanitised against an allow-list. Headings are brought to the
level that the place needs, without gaps, because a skipped level fails a screen reader and PDF/UA alike. Pictures
keep a canonical address, `picture:<path>`, which each output replaces by its own with `place`.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from casebuilder import outline
from casebuilder.model import Prose
from casebuilder.wording import SOURCE, translations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from casebuilder.model import Case, Quote

_EXTENSIONS = ("tables", "attr_list", "sane_lists", "def_list", "abbr", "fenced_code")
_TAGS = set(
    re.findall(
        r"\w+",
        "p br hr em strong b i u s del ins sub sup abbr cite q small mark code pre kbd blockquote ul ol li dl dt dd "
        "table thead tbody tfoot tr th td caption figure figcaption img a span div h1 h2 h3 h4 h5 h6",
    )
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan", "scope", "align"},
    "td": {"colspan", "rowspan", "align"},
}
_SCHEMES = {"http", "https", "mailto", "picture"}
_HASH_HEADER = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ \t]+(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")
_BLOCK_TAG = re.compile(r"</?(?:p|br|hr|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|table|t[rdh]|tbody|thead|pre|div)\b[^>]*>")
_HEADING_TAG = re.compile(r"<(?P<close>/?)h(?P<level>[1-6])(?P<rest>[^>]*)>")
_PICTURE = re.compile(r'src="picture:(?P<path>[^"]*)"')
_ALIGNED = re.compile(r' style="text-align: (left|right|center);"')


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the commentary, ready to be set: HTML and quotes in the order in which they are read.

    The introduction is a theme without id and title.
    """

    id: str
    title: str
    blocks: tuple[str | Quote, ...]


def html(prose: Prose, *, level: int = 3, numbers: Mapping[str, int] | None = None, language: str = SOURCE) -> str:
    """A text as sanitised HTML.

    Args:
        prose: the Markdown.
        level: the level, 2 to 6, that the text's topmost headings get; deeper ones follow without a gap.
        numbers: the number in the list of references of each reference's id; `[@id]` becomes a link to
            `#reference-<id>` that shows it. An unknown one is left as it was written.
        language: the reader's (BCP 47), in which such a link says what it is.
    """
    link = translations(language).gettext("Reference %(number)s") if numbers else ""
    return _html(prose, level, tuple((numbers or {}).items()), link)


@lru_cache(maxsize=4096)
def _html(prose: Prose, level: int, numbers: tuple[tuple[str, int], ...], link: str) -> str:
    from markdown import Markdown

    source = _with_citations(prose.source, dict(numbers), link)
    markdown = Markdown(extensions=list(_EXTENSIONS), output_format="html")
    # Python-Markdown makes a heading of a line that begins with a hashtag; nobody else does, and #urojc is none.
    setattr(markdown.parser.blockprocessors["hashheader"], "RE", _HASH_HEADER)  # noqa: B010 - not in the types
    made = markdown.convert(source)
    made = _ALIGNED.sub(r' align="\1"', made)
    return _level(_sanitised(_canonical_pictures(made, prose.path)), level)


def _with_citations(source: str, numbers: Mapping[str, int], said: str) -> str:
    """Citations as links, the number of each in superscript; from the end, so that offsets stay true."""
    for found in reversed(list(outline.citations(source))):
        if number := numbers.get(found.target):
            title = entities.escape(said % {"number": number})
            link = f'<sup><a href="#reference-{found.target}" title="{title}">{number}</a></sup>'
            before = source[: found.start]
            # The number stands close to its word, also where the author left a space before the bracket.
            close = before.rstrip(" ") if before.strip(" ")[-1:] not in {"", "\n"} else before
            source = close + link + source[found.end :]
    return source


def _canonical_pictures(made: str, text: str) -> str:
    """Relative picture files as `picture:<path from the series' root>`."""

    def canonical(match: re.Match[str]) -> str:
        file = entities.unescape(match["file"])
        path = file if re.match(r"[a-z]+:", file) else f"picture:{outline.picture_path(text, file)}"
        return f'{match["before"]}src="{entities.escape(path)}"'

    return re.sub(r'(?P<before><img\b[^>]*?)src="(?P<file>[^"]*)"', canonical, made)


def _sanitised(made: str) -> str:
    import nh3

    return nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def _level(made: str, top: int) -> str:
    """Headings that begin at `top` and never skip a level."""
    written: list[int] = []

    def shifted(match: re.Match[str]) -> str:
        own = int(match["level"])
        if not match["close"]:
            while written and written[-1] >= own:
                written.pop()
            written.append(own)
        return f"<{match['close']}h{min(top + len(written) - 1, 6)}{match['rest']}>"

    return _HEADING_TAG.sub(shifted, made)


def place(made: str, picture: Callable[[str], str]) -> str:
    """HTML with each picture's canonical path replaced by the address that an output gives it."""
    return _PICTURE.sub(lambda match: f'src="{entities.escape(picture(entities.unescape(match["path"])))}"', made)


def plain(prose: Prose) -> str:
    """A text's words alone, for counting, comparing and descriptions."""
    bare = re.sub(r"<[^>]+>", "", _BLOCK_TAG.sub(" ", html(prose)))
    return re.sub(r"\s+", " ", entities.unescape(bare)).strip()


def reference_numbers(case: Case) -> dict[str, int]:
    """The number of each work that a case may cite: by first citation in reading order, then those never cited."""
    cited = [found.target for text in case.texts() for found in outline.citations(text.source)]
    known = [work.id for work in case.works()]
    order = dict.fromkeys([name for name in cited if name in known] + known)
    return {name: number for number, name in enumerate(order, start=1)}


def themes(case: Case, *, level: int = 3, language: str = SOURCE) -> tuple[Theme, ...]:
    """The community commentary in reading order.

    A line `::quote[id]` places a quote; the quotes of a theme that are not placed follow its prose. Quotes of no
    theme, or of one that has no heading, follow at the end.
    """
    if not case.commentary:
        return ()
    tell = partial(html, level=level, numbers=reference_numbers(case), language=language)
    placed = {
        found.target for section in case.commentary.sections for found in outline.placed_quotes(section.body.source)
    }
    waiting = {quote.id: quote for quote in case.quotes if quote.id not in placed}
    made = []
    for section in case.commentary.sections:
        following = [quote for quote in waiting.values() if section.theme and quote.theme == section.theme]
        for quote in following:
            del waiting[quote.id]
        blocks = (*_blocks(section.body, case.quotes, tell), *following)
        if blocks or section.theme:
            made.append(Theme(section.theme, section.title, blocks))
    if waiting:
        made.append(Theme("", "", tuple(waiting.values())))
    return tuple(made)


def _blocks(body: Prose, quotes: Sequence[Quote], tell: Callable[[Prose], str]) -> tuple[str | Quote, ...]:
    """A section's prose cut where quotes are placed."""
    by_id = {quote.id: quote for quote in quotes}
    blocks: list[str | Quote] = []
    start = 0
    for found in (*outline.placed_quotes(body.source), None):
        stretch = Prose(body.source[start : found.start if found else None], body.path, body.line)
        if stretch:
            blocks.append(tell(stretch))
        if found:
            start = found.end
            if found.target in by_id:
                blocks.append(by_id[found.target])
    return tuple(blocks)
