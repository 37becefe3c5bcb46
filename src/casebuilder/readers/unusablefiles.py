"""Files that casebuilder cannot use: why, what to do with them, and where a misplaced text belongs.

The hint never suggests a file that is published earlier: a commentary is sealed until the release, and a story is not.
"""

from __future__ import annotations

import difflib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from casebuilder.slugs import person_slug, slug

if TYPE_CHECKING:
    from collections.abc import Collection

#: The folder of each file of a case and of its discussion.
HOMES = {
    **dict.fromkeys(("case.yml", "scenario.md", "paper.md", "questions.md", "facilitation.md", "quotes.yml"), "cases"),
    **dict.fromkeys(("commentary.md", "discussion.jsonl", "figures.yml", "metrics.yml"), "commentary"),
}
IGNORED = "casebuilder ignores this file: no file of this name belongs here"
#: The similarity (0 to 1) from which one file name counts as a misspelling of another.
_ALIKE = 0.72
_DOWNLOAD = "everybody can download it from here"
_PASTE = f"{_DOWNLOAD}: delete it, and paste its text into {{text}}"
#: Kinds of files that people leave in a folder: endings, message and hint.
_KINDS = (
    ("docx doc docm dotx odt rtf wpd gdoc", "casebuilder cannot use Word files", _PASTE),
    ("pages", "casebuilder cannot use Pages files", _PASTE),
    ("pdf", "casebuilder cannot use PDFs", _PASTE),
    ("html htm mht mhtml", "casebuilder cannot use saved web pages", _PASTE),
    (
        "xlsx xls xlsm ods numbers csv tsv",
        "casebuilder cannot use tables of Excel here",
        f"{_DOWNLOAD}: delete it; to add the contributions of a discussion, run: casebuilder discussion import",
    ),
    (
        "pptx ppt key odp",
        "casebuilder cannot use PowerPoint files",
        f"{_DOWNLOAD}: delete it; to make slides, run: casebuilder pack --edition slides",
    ),
    (
        "mp4 mov avi mkv webm wmv m4v mp3 m4a wav ogg aac",
        "films and sound recordings cannot be shown",
        "delete it, and write a link to where it can be seen or heard",
    ),
    (
        "zip rar 7z tar gz tgz",
        "casebuilder does not look into archives",
        "delete it, and upload the files that are in it",
    ),
    ("lnk url webloc", "this is a shortcut to a file on one computer", "delete it, and upload the file itself"),
    ("eml msg", "casebuilder cannot use emails", f"{_DOWNLOAD}: delete it"),
    (
        "bib ris enw nbib",
        "casebuilder cannot use lists of references",
        'write the works under "references:" in case.yml',
    ),
    ("bak tmp orig rej swp", "this is a copy that another program left", "delete it"),
)
_OTHER = "texts (.md, .yml, discussion.jsonl) and pictures (.jpg, .png, .svg, .webp) belong here"
_STORIES = frozenset(("story", "case", "text", "vignette", "draft"))


def foreign(path: str) -> tuple[str, str]:
    """Return message and hint for a file of a kind that is not read."""
    name = PurePosixPath(path)
    ending = name.suffix.lower()
    if ending == ".txt":
        return (
            "casebuilder does not read files that end in .txt",
            f"rename it {renamed(path)}; Windows may not show .txt",
        )
    if ending in {".json", ".markdown", ".mdown", ".mkd", ".mdx"}:
        new = f"{name.stem}.jsonl" if ending == ".json" else f"{name.stem}.md"
        return f"casebuilder does not read files that end in {ending}", f"rename it {new}"
    for endings, message, hint in _KINDS:
        if ending[1:] in endings.split():
            return message, hint.format(text=text_for(path))
    kind = f"files of the kind {ending}" if ending else "a file without an ending"
    return f"casebuilder cannot use {kind}", _OTHER


def renamed(path: str) -> str:
    """Return the right name of a text with a second ending, which Windows adds and hides."""
    stem = PurePosixPath(path).stem
    if PurePosixPath(stem).suffix in {".md", ".yml", ".yaml", ".jsonl"}:
        return stem
    names_by_stem = {PurePosixPath(name).stem: name for name in HOMES}
    return names_by_stem.get(stem, f"{stem}.md")


def text_for(path: str) -> str:
    """Return the text that the words of a file belong in, by its folder and name."""
    first, *rest = path.split("/")
    stem = PurePosixPath(path).stem
    if first == "experts":
        return f"experts/{person_slug(stem)}.md"
    if "responses" in rest[:-1]:
        return f"responses/{person_slug(stem)}.md"
    names_in_folder = [
        name for name, home in HOMES.items() if home == first and (name != "paper.md" or stem.lower() == "paper")
    ]
    similar = _similar_name(f"{slug(stem)}.md", names_in_folder)
    return similar or ("commentary.md" if first == "commentary" else "scenario.md")


def stands_for(path: str, name: str) -> bool:
    """Return whether an unusable file may contain the text of a file that is missing beside it."""
    stem = slug(PurePosixPath(PurePosixPath(path).stem).stem)
    wanted_stem = PurePosixPath(name).stem
    if difflib.SequenceMatcher(None, stem, wanted_stem).ratio() > _ALIKE:
        return True
    return (
        name in {"scenario.md", "paper.md"} and (stem in _STORIES or text_for(path) == "scenario.md") and _is_text(path)
    )


def _is_text(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in {".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf", ".txt"}


def place(path: str, people: Collection[str]) -> tuple[str, str]:
    """Return message and hint for a text that does not belong in its folder.

    Args:
        path: below the series' root; its second part is the case's slug in `cases/` and `commentary/`.
        people: the names of profiles, since a response is named after one.
    """
    first, *rest = path.split("/")
    name, inside = rest[-1], rest[1:-1]
    stem = PurePosixPath(name).stem
    if first not in HOMES.values() and name.lower() not in HOMES:
        return _stray_file(first, PurePosixPath(name), inside=len(rest) > 1)
    case = rest[0] if len(rest) > 1 else "<case>"
    known_name = name.lower() if name.lower() in HOMES else _similar_name(name, HOMES)
    if known_name:
        return _known_file(known_name, first, case, inside)
    if name.lower().endswith(".md") and (
        person_slug(stem) in people or (inside and _similar_name(inside[0], ["responses"]))
    ):
        home = f"cases/{case}/responses"
        return f"responses belong in {home}/", f"move it to {home}/{person_slug(stem)}.md"
    names_in_folder = [file_name for file_name, home in HOMES.items() if home == first]
    responses_too = " and responses/<person>.md" if first == "cases" else ""
    return IGNORED, f"the folder of a case has {', '.join(names_in_folder)}{responses_too}"


def _stray_file(first: str, name: PurePosixPath, *, inside: bool) -> tuple[str, str]:
    """Return message and hint for a file that is neither a profile nor a collection."""
    is_profile = first == "experts"
    ending, file_stem = (".md", person_slug(name.stem)) if is_profile else (".yml", slug(name.stem))
    message = f"{first}/ holds files {first}/<name>{ending} and nothing else"
    if name.suffix.lower() not in ({".md"} if is_profile else {".yml", ".yaml"}):
        return message, "move it to another folder, or delete it"
    return message, f"{'move it to' if inside else 'rename it'} {first}/{file_stem or 'name'}{ending}"


def _known_file(name: str, first: str, case: str, inside: list[str]) -> tuple[str, str]:
    """Return message and hint for a file with the name, or nearly the name, of a known file."""
    home = HOMES[name]
    if home != first:
        return f"{name} belongs in {home}/{case}/", f"move it to {home}/{case}/{name}"
    if inside:
        return f"{name} belongs in {first}/{case}/ itself", f"move it to {first}/{case}/{name}"
    if case == "<case>":
        return "this file belongs to no case", f"move it into the folder of its case: {first}/<case>/{name}"
    return IGNORED, f'did you mean "{name}"?'


def _similar_name(name: str, known_names: Collection[str]) -> str:
    """Return the known name that was mistyped; empty if there is none."""
    return next(iter(difflib.get_close_matches(name.lower(), list(known_names), n=1, cutoff=_ALIKE)), "")
