"""Topics in any script: each has its page, its feeds, its calendar and its place in the lists, under one address."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote, urlsplit

import pytest

from casebuilder.outputs import calendar, feeds
from casebuilder.outputs.site import pages
from series_factory import SITE, make_case, make_series

#: Words that differ, some of them in one sign or mark only, and what an address of each must keep.
TOPICS = (
    "C++",
    "C#",
    "C",
    "λάθη φαρμάκων",
    "ошибки",
    "ошибкй",
    "رعاية المرضى",
    "かき",
    "かぎ",
    "हिन्दी",
    "हिन्द",
    "😀",
    "?!",
)


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    public = make_series(make_case(topics=TOPICS, audience=("ιατροί", "学生")))
    files = [*feeds.render(public, ()), *calendar.render(public)]
    made = {page.path: page.text for page in pages.render(public, ())}
    return made | {file.path: file.read().decode() for file in files if file.path.startswith("topics/")}


def test_every_topic_has_a_page_feeds_and_a_calendar_of_its_own(written: dict[str, str]) -> None:
    for name in ("index.md", "feed.xml", "atom.xml", "feed.json", "calendar.ics"):
        folders = [path for path in written if re.fullmatch(rf"topics/[^/]+/{re.escape(name)}", path)]
        assert len(folders) == len(TOPICS)
    titles = {path: text.splitlines()[1] for path, text in written.items() if re.fullmatch("topics/.+/index.md", path)}
    assert len(set(titles.values())) == len(TOPICS)


def test_every_link_to_a_topic_leads_to_a_page_and_is_written_in_ascii(written: dict[str, str]) -> None:
    found = set()
    for path, text in written.items():
        for address in re.findall(r'href="((?:\.\./)*topics/[^"/]+/)"', text) if path.endswith(".md") else ():
            assert address.isascii()
            found.add(unquote(address).removeprefix("../../").removeprefix("../"))
    there = {path for path in written if re.fullmatch("topics/[^/]+/index.md", path)}
    assert {f"{folder}index.md" for folder in found} == there


def test_feeds_and_calendars_name_themselves_by_addresses_that_lead_to_them(written: dict[str, str]) -> None:
    for path, text in written.items():
        if not path.startswith("topics/") or path.endswith(".md"):
            continue
        folder = path.rpartition("/")[0] + "/"
        unfolded = text.replace("\r\n ", "")
        named = {
            address
            for address in re.findall(rf"{re.escape(SITE)}topics/[^\s\"<]*", unfolded)
            if urlsplit(address).path.count("/") > 3
        }
        assert named
        assert all(address.isascii() for address in named)
        assert {unquote(address) for address in named} <= {SITE + folder, SITE + path}
        if path.endswith(".json"):
            assert json.loads(text)["home_page_url"] in named


def test_the_list_is_narrowed_by_the_same_names(written: dict[str, str]) -> None:
    side = next(text for path, text in written.items() if path.startswith("topics/हिन्दी/") and path.endswith(".md"))
    (query,) = re.findall(r'href="\.\./\.\./cases/\?topic=([^"]+)"', side)
    assert query.isascii()
    assert f"topics/{unquote(query)}/index.md" in written
    assert {unquote(query), "ιατροί", "学生"} <= set(re.findall(r'value="([^"]+)"', written["cases/index.md"]))
