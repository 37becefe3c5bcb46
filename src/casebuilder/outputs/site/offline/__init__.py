"""The finished site as one zip that is read from a disk or a stick, without a server.

A browser that opens a file shows no folder and reads no other file for a script. So links lead to files here, the
search brings a small index of its own, and the pack builder says that it cannot work.
"""

from __future__ import annotations

import zipfile
from functools import partial
from typing import TYPE_CHECKING

from casebuilder.files import opened_whole
from casebuilder.outputs.site import searchindex
from casebuilder.outputs.site.offline.links import Links
from casebuilder.outputs.site.offline.offlinepage import Leaf, read
from casebuilder.outputs.site.offline.search import script

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Files that only servers or search engines use.
_LEFT_OUT = frozenset(("404.html", "sitemap.xml", "sitemap.xml.gz"))
_SEARCH = "assets/javascripts/search.js"
#: Its fonts are fetched late: a page of a server asks for them before it knows its styles, a file may not.
_STYLE = "assets/stylesheets/casebuilder.css"
_BUILDER_STYLE = "assets/stylesheets/builder.css"
_NO_BUILDER = ".cb-builder, .cb-builder-preview, .cb-builder-needs { display: none !important; }\n"
#: The earliest day that a zip can store, for every file: the same site gives the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PACKED = (".pdf", ".epub", ".zip", ".woff2", ".png", ".jpg", ".jpeg", ".webp")


def write(site: Path, target: Path, address: str) -> tuple[int, int]:
    """Write a finished site as a zip, whole or not at all; how many files it has, and how many bytes the zip has.

    Args:
        site: the site's folder, with its search index.
        target: the zip; in it everything lies in a folder of the same name.
        address: the site's address, `site_url`; empty without one.
    """
    all_files = {
        path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file() and path != target
    }
    files = {name: path for name, path in all_files.items() if _is_useful_offline(name)}
    contents = _changed_files(site, files, address)
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened_whole(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{target.stem}/{name}", _EPOCH)
            entry.create_system = 3  # on every system the same
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, contents[name] if name in contents else files[name].read_bytes())
    return len(files), target.stat().st_size


def _changed_files(site: Path, files: Mapping[str, Path], address: str) -> dict[str, bytes]:
    """Return the files that differ from the site's, by path."""
    links = Links(frozenset(files), address)
    contents: dict[str, bytes] = {}
    leaves: dict[str, Leaf] = {}
    for name in sorted(files):
        if name.endswith(".html"):
            leaves[name] = read(files[name].read_text(encoding="utf-8"), partial(links.moved, page=name))
            contents[name] = leaves[name].html.encode()
    if _SEARCH in files:
        search_script = script(searchindex.results(site), searchindex.facets(site), leaves)
        contents[_SEARCH] = search_script.encode() + files[_SEARCH].read_bytes()
    if _STYLE in files:
        contents[_STYLE] = files[_STYLE].read_bytes().replace(b"font-display: optional", b"font-display: swap")
    if _BUILDER_STYLE in files:
        contents[_BUILDER_STYLE] = files[_BUILDER_STYLE].read_bytes() + _NO_BUILDER.encode()
    return contents


def _is_useful_offline(name: str) -> bool:
    """Return whether a file of the site is of use without a server: not what scripts ask for while a page is open."""
    folder, _, path_in_folder = name.partition("/")
    return (
        name not in _LEFT_OUT
        and folder != searchindex.FOLDER
        and not (folder == "packs" and path_in_folder.endswith(".html"))
    )


__all__ = ["write"]
