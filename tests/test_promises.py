"""What a series says of answers: of those that a case has or announces, and never of others, in any output."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from casebuilder.model import Answer, Credit, Role
from casebuilder.outputs import calendar, digest, feeds
from casebuilder.outputs.packs import views
from casebuilder.outputs.site import pages
from casebuilder.published import publish
from series_factory import SLUG, at, make_case, make_journal_club, write_series

if TYPE_CHECKING:
    from datetime import datetime

    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

#: Words of answers that nobody wrote.
EXPERTS = re.compile(r"(?<!Medical )\bexpert|\bresponses?\b", re.IGNORECASE)
COMMUNITY = re.compile(r"\bcommentar|\bcurat(?!ed case series)", re.IGNORECASE)
NEITHER = re.compile(f"{EXPERTS.pattern}|{COMMUNITY.pattern}", re.IGNORECASE)

OPEN, CURATING, COMPLETE = at(2025, 5, 24), at(2025, 6, 1), at(2025, 7, 1)
INSTANTS = {"open": OPEN, "curating": CURATING, "complete": COMPLETE}
CLUB_INSTANTS = {"open": at(2025, 10, 7), "curating": at(2025, 10, 10), "complete": at(2025, 11, 1)}


def bare(case: Case, **changes: object) -> Case:
    """The case without any answer, and without whoever would make one."""
    credits_ = tuple(Credit(person=credit.person, roles=(Role.WRITER, Role.EDITOR)) for credit in case.credits[:1])
    none = {"responses": (), "quotes": (), "commentary": None, "announced": (), "credits": credits_}
    return case.model_copy(update={"changes": (), "notes": (), "metrics": (), "references": (), **none, **changes})


def said(full: Series, as_of: datetime) -> str:
    """Every word of every output but the addresses in them."""
    public = publish(full, as_of)
    files = (*feeds.render(public, ()), *calendar.render(public), *digest.render(public, as_of.date().replace(day=1)))
    texts = [page.text for page in pages.render(public, ())]
    # An iCalendar line is folded in the middle of a word. The names of elements and of files are no words for people.
    texts += [file.read().decode().replace("\r\n ", "").replace("\\n", " ") for file in files]
    # Where a word in a table may be broken is no part of it.
    texts += [job.html.replace("\u00ad", "").replace("\u200b", "") for job in views.jobs(public)]
    written = "\n".join(texts)
    written += "\n".join(
        re.findall(r'data-(?:header|footer|copied|plural|edition)="([^"]*)"', written)
    )  # run along pages
    written = re.sub(r"<style.*?</style>|<meta[^>]*>|<link[^>]*>|<!--.*?-->", " ", written, flags=re.DOTALL)
    return re.sub(r"<(?!!\[CDATA)[^>]*>|&lt;[^&]*?&gt;|\S*(?:https?:|[\w.-]+/)\S*", " ", written)


def found(pattern: re.Pattern[str], words: str) -> list[str]:
    return [words[max(0, hit.start() - 60) : hit.end() + 30] for hit in pattern.finditer(words)]


def test_what_is_there_is_shown_everywhere() -> None:
    """The other tests look for what must be missing; here are the same words where they belong."""
    words = said(write_series(make_case()), COMPLETE)
    for expected in (
        "Responses and commentary released on",
        "The Case of the Quiet Pager: expert responses and community commentary",
        "Expert responses and the community commentary.",
        "Case with responses and commentary",
        "Cases with responses and commentary",
        "Facilitator guide: contains the answers",
        "The responses and the commentary added something",
        "Read the case, the responses and the commentary",
        "Compare with the experts and with everyone else.",
    ):
        assert expected in words


@pytest.mark.parametrize("name", INSTANTS)
def test_a_case_with_nothing_to_come_promises_nothing(name: str) -> None:
    assert found(NEITHER, said(write_series(bare(make_case())), INSTANTS[name])) == []


@pytest.mark.parametrize("name", CLUB_INSTANTS)
def test_a_club_without_experts_promises_none(name: str) -> None:
    club = make_journal_club()
    full = write_series(bare(club, commentary=club.commentary, quotes=club.quotes))
    words = said(full, CLUB_INSTANTS[name])
    assert found(EXPERTS, words) == []
    assert "ommentary" in words


@pytest.mark.parametrize("name", INSTANTS)
def test_a_case_with_responses_alone_promises_no_commentary(name: str) -> None:
    case = make_case()
    words = said(write_series(bare(case, responses=case.responses)), INSTANTS[name])
    assert found(COMMUNITY, words) == []
    assert "xpert responses" in words


def test_experts_who_are_announced_are_promised_before_they_have_written() -> None:
    case = bare(make_case(), announced=(make_case().responses[0].person,))
    public = publish(write_series(case), OPEN)
    assert public.cases[0].answers == {Answer.RESPONSES}
    assert "Expert responses are released on" in said(write_series(case), OPEN)


def test_a_curator_who_is_credited_promises_a_commentary_and_is_not_named() -> None:
    curator = Credit(person="tom-otieno", roles=(Role.CURATOR,))
    case = bare(make_case())
    public = publish(write_series(case.model_copy(update={"credits": (*case.credits, curator)})), OPEN)
    assert public.cases[0].answers == {Answer.COMMENTARY}
    assert "tom-otieno" not in {credit.person.id for credit in public.cases[0].credits}


def test_after_the_release_only_what_was_released_counts() -> None:
    refused = tuple(one.model_copy(update={"consent": None}) for one in make_case().responses)
    full = write_series(bare(make_case(), responses=refused, announced=(refused[0].person,)))
    assert publish(full, OPEN).cases[0].answers == {Answer.RESPONSES}
    assert publish(full, COMPLETE).cases[0].answers == frozenset()


def test_a_series_of_both_kinds_says_of_each_case_what_is_true_of_it() -> None:
    club = make_journal_club(opens=at(2025, 5, 20), closes=at(2025, 5, 30), releases=at(2025, 6, 6))
    full = write_series(make_case(), bare(club, commentary=club.commentary))
    made = {page.path: page.text for page in pages.render(publish(full, OPEN), ())}
    assert "Expert responses and the community commentary are released" in made[f"cases/{SLUG}/index.md"]
    page = made[f"cases/{club.slug}/index.md"]
    assert "The community commentary is released on" in page
    assert "Expert" not in page
