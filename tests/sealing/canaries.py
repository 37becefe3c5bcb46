"""A series of folders in which every sealed field holds a word that stands nowhere else.

A canary is one lower-case word of letters, so that it survives hyphenation, slugs, escaping and letter-spacing, and
a search for it can ignore everything but letters and digits.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import struct
import subprocess
import zipfile
import zlib
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLUG = "2026-03-canary-case"
#: What may be seen from the release, and not a day before.
SEALED = (
    "objective", "sessionactivity", "notebody",
    "responsetitle", "responsebody", "responseperspective", "responsedisclosure", "respondername", "respondersfile",
    "responderpost", "responderbiography",
    "quotenamedtext", "quotenamedname", "quotenamedrole", "quoteanonymoustext", "quoteparaphrasetext",
    "method", "themetitle", "commentarybody", "curatorname", "curatorsfile", "curatorbiography",
    "metricsource", "referencetitle", "referenceauthor", "alttext", "picturefile", "collectionwhy",
)  # fmt: skip
#: What no output shows, ever.
NEVER = (
    "quotependingtext", "quoterefusedtext", "consenthow", "contributiontext", "contributionauthor", "anonymoushandle",
    "drafttitle", "draftstory", "strangername", "latertitle", "laterslug",
)  # fmt: skip
#: Released with the rest, and printed nowhere: the guide has its own headings for the notes.
UNPRINTED = ("notetitle",)
#: What is seen from the opening: were these not found, the search itself would be broken.
OPEN = ("casetitle", "storybody", "questiontitle", "writername")


def word(name: str) -> str:
    """The canary of a field."""
    return f"zq{name}qz"


def png(name: str) -> bytes:
    """A picture of one pixel whose bytes are its own."""
    colour = hashlib.sha256(name.encode()).digest()[:3]

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" + colour)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


PICTURE = png("sealed")

_PERSON = """---
name: {name}
post: {post}
disclosure: {{text: None., on: 2026-01-01}}
---
{biography}
"""

_CASE = f"""title: The Case of {word("casetitle")}
season: 1
episode: 1
teaser: A short teaser.
opens: 2026-03-06
closes: 2026-03-13
releases: 2026-03-27
topics: [feedback]
competencies: ["canmeds:leader"]
objectives: ["Name the {word("objective")}.", "Say a second thing."]
basis: fictional
credits:
  - person: {word("writersfile")}
    roles: [writer, editor]
  - person: {word("curatorsfile")}
    roles: [curator]
references:
  - id: sealed-work
    authors: ["{word("referenceauthor")} A"]
    title: On {word("referencetitle")}
    year: 2020
sessions:
  - minutes: 15
    steps:
      - {{minutes: 15, activity: "Talk of {word("sessionactivity")}", section: questions}}
"""

_QUOTES = f"""- id: q1
  text: We said {word("quotenamedtext")} aloud.
  mode: named
  by: {{name: "{word("quotenamedname")}", role: "{word("quotenamedrole")}", country: IE}}
  consent: {{state: granted, on: 2026-03-14, how: "by post to {word("consenthow")}"}}
  theme: first
- id: q2
  text: We said {word("quoteanonymoustext")} in a corner.
  mode: anonymous
  by: {{role: nurse, country: IE}}
  consent: {{state: licensed}}
  source: {{channel: site, url: "https://social.example/{word("anonymoushandle")}"}}
  theme: first
- id: q3
  text: Somebody meant {word("quoteparaphrasetext")}.
  mode: paraphrase
  consent: {{state: not-needed}}
- id: q4
  text: Wait for {word("quotependingtext")}.
  mode: anonymous
  consent: {{state: pending}}
- id: q5
  text: Never {word("quoterefusedtext")}.
  mode: anonymous
  consent: {{state: refused}}
"""

_DISCUSSION = (
    f'{{"id": "c1", "channel": "site", "author": "{word("contributionauthor")}", "author_key": "00aa",'
    f' "posted": "2026-03-07T10:00:00+00:00", "text": "We spoke of {word("contributiontext")}."}}\n'
)

#: A case that opens next year: no output knows its address before, however a text links to it.
LATER = f"2027-01-{word('laterslug')}"
_LINKS = (
    f"See [the next one](../{LATER}/), [its story](../{LATER}/scenario.md#part),\n"
    f'https://example.org/canaries/cases/{LATER}/, <a href="/cases/{LATER}/">it</a>, [{LATER}](../{LATER}/),\n'
    f"http://www.EXAMPLE.org/canaries//cases/{LATER}/ and [again][later].[^later]\n\n"
    f"[^later]: As in [that case](/cases/{LATER}/).\n\n[later]: https://example.org/canaries/cases/{LATER}/#x\n\n"
)
_STORY = (
    f"It was late when {word('storybody')} came in.\n\n{_LINKS}"
    + "The ward was quiet and nobody said a word about it for a while. " * 28
)


def tree() -> dict[str, str | bytes]:
    """The series' files by path."""
    case, commentary = f"cases/{SLUG}", f"commentary/{SLUG}"
    response = (
        f"---\ntitle: A {word('responsetitle')}\nperspective: {word('responseperspective')}\nconsent: 2026-03-10\n"
        f"disclosure: Owns a {word('responsedisclosure')}.\n---\n"
        f"I would say {word('responsebody')} first [@sealed-work].\n\n"
        f"![A drawing of {word('alttext')}]({'../' + word('picturefile')}.png)\n\n"
        + "One has to ask before one can answer, and one has to wait for it. "
        * 14
    )
    draft = _CASE.replace(word("casetitle"), word("drafttitle")).replace("episode: 1", "episode: 2\nstatus: draft")
    later = _CASE.replace(word("casetitle"), word("latertitle")).replace("episode: 1", "episode: 3")
    later = later[: later.index("references:")] + later[later.index("sessions:") :]
    return {
        f"cases/{LATER}/case.yml": later.replace("2026-03-", "2027-01-"),
        f"cases/{LATER}/scenario.md": _STORY.replace(_LINKS, ""),
        f"cases/{LATER}/questions.md": "## What now? {#first}\n\n## And then? {#second}\n",
        "mkdocs.yml": _CONFIGURATION,
        "docs/about.md": "# About\n\nA series for tests.\n",
        f"{case}/case.yml": _CASE,
        f"{case}/scenario.md": _STORY,
        f"{case}/questions.md": f"## What of {word('questiontitle')}? {{#first}}\n\n## And then? {{#second}}\n",
        f"{case}/facilitation.md": (
            f"## About {word('notetitle')} {{#brief}}\n\nSay {word('notebody')}.\n\n## First {{#first}}\n\nAsk.\n"
        ),
        f"{case}/responses/{word('respondersfile')}.md": response,
        f"{case}/quotes.yml": _QUOTES,
        f"{case}/{word('picturefile')}.png": PICTURE,
        f"{commentary}/commentary.md": (
            f"---\ncurators: [{word('curatorsfile')}]\nmethod: We read {word('method')} twice.\n"
            f"themes:\n  - id: first\n    title: On {word('themetitle')}\n---\n"
            f"## On {word('themetitle')} {{#first}}\n\nMany spoke of {word('commentarybody')}.\n"
        ),
        f"{commentary}/discussion.jsonl": _DISCUSSION,
        f"{commentary}/metrics.yml": (
            f"- metric: page-views\n  value: 861\n  window_days: 7\n  source: {word('metricsource')}\n"
            "  collected: 2026-03-20\n"
        ),
        "cases/2026-02-draft/case.yml": draft.replace("2026-03-", "2026-02-"),
        "cases/2026-02-draft/scenario.md": word("draftstory"),
        "collections/first-set.yml": (
            "title: A set\nintroduction: A few cases.\n"
            f"cases:\n  - case: {SLUG}\n    why: It has {word('collectionwhy')}.\n"
        ),
        f"experts/{word('writersfile')}.md": _person("writername"),
        f"experts/{word('respondersfile')}.md": _person("respondername", "responderpost", "responderbiography"),
        f"experts/{word('curatorsfile')}.md": _person("curatorname", biography="curatorbiography"),
        f"experts/{word('strangersfile')}.md": _person("strangername"),
    }


def _person(name: str, post: str = "writerpost", biography: str = "writerbiography") -> str:
    return _PERSON.format(name=word(name), post=word(post), biography=f"Works with {word(biography)}.")


_CONFIGURATION = """site_name: Canaries
site_url: https://example.org/canaries/
nav:
  - Home: index.md
  - About: about.md
theme:
  name: material
  font: false
plugins:
  - casebuilder:
      timezone: Europe/Dublin
      small_count: 1
  - search
"""


def write(root: Path, files: dict[str, str | bytes]) -> None:
    """Write files below a folder."""
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())


def seen_in(contents: Iterator[tuple[str, bytes]]) -> str:
    """Every letter and digit of an output: names, text and unpacked bytes of each file, in lower case."""
    return "|".join(
        re.sub(r"[^a-z0-9]", "", piece.lower()) for path, data in contents for piece in (path, *_unpacked(path, data))
    )


def _unpacked(path: str, data: bytes) -> Iterator[str]:
    yield data.decode("utf-8", errors="replace")
    if path.endswith(".gz"):
        yield gzip.decompress(data).decode("utf-8", errors="replace")
    if path.endswith((".epub", ".zip")):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                yield name
                yield from _unpacked(name, book.read(name))
    if data == PICTURE:
        yield word("picturebytes")
    if path.endswith(".pdf"):
        yield from _pdf(data)


def _pdf(data: bytes) -> Iterator[str]:
    """A PDF's words as a reader gets them, and every stream and string that it holds."""
    yield subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                yield bytes(item.read_bytes()).decode("utf-8", errors="replace")
            elif isinstance(item, pikepdf.Dictionary):
                yield " ".join(str(value) for value in item.as_dict().values() if isinstance(value, pikepdf.String))
