"""The site's pages, as a reader of any Markdown engine meets them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import markdown
import pytest
import yaml
from markdown_it import MarkdownIt

from casebuilder.model import (
    Channel,
    CollectionEntry,
    Consent,
    ConsentState,
    Discussion,
    Giscus,
    Metric,
    Mode,
    Pack,
    Picture,
    Prose,
    QuoteAuthor,
    State,
)
from casebuilder.model.series import Collection
from casebuilder.outputs import calendar, citationfiles, feeds
from casebuilder.outputs.site import pages
from casebuilder.published import publish
from pack_reader import job_of
from series_factory import (
    SLUG,
    WORKS_WITHOUT_VOLUME,
    at,
    make_case,
    make_journal_club,
    make_open_case,
    make_person,
    make_question,
    make_quote,
    make_response,
    make_series,
    make_settings,
    make_withdrawn_case,
    part,
    write_series,
)

if TYPE_CHECKING:
    from casebuilder.model.series import Series

HANDOUT = Pack(f"packs/{SLUG}-handout-a4.pdf", SLUG, "handout", "a4", 3, 84_213)
GUIDE = Pack(f"packs/{SLUG}-guide-letter.pdf", SLUG, "guide", "letter", 1, 1_260_000)
BOOK = Pack(f"packs/{SLUG}.epub", SLUG, "epub", "", 0, 52_400)
RESIDENT = QuoteAuthor(role="paediatric resident", country="PH")
#: Tags that begin a new line.
BLOCKS = re.compile(r"p|div|li|h[1-6]|d[td]|br|option|label|t[hd]|fig.*|summary|section|article|header|footer")
VOID = {"br", "hr", "img", "input"}
HOSTILE = 'A & B </h1><script>x</script> *a* [b](c) {#d} {{ e }} {% f %} `g` "h" # <b>'


class Reader(HTMLParser):
    """What a browser makes of HTML: words, tags, ids, and where the links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(html)
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.words.append(" " if BLOCKS.fullmatch(tag) else "")
        self.attributes |= given.keys()
        self.ids += [str(given["id"])] if "id" in given else []
        self.links += [str(given[name]) for name in ("href", "src") if name in given]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.words.append(" " if BLOCKS.fullmatch(tag) else "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def front(text: str) -> dict[str, object]:
    return yaml.safe_load(text.split("---\n")[1])


def as_mkdocs(text: str) -> str:
    body = text.split("---\n", 2)[2]
    return markdown.markdown(body, extensions=["attr_list", "md_in_html", "tables", "toc", "def_list", "footnotes"])


def as_commonmark(text: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).render(text.split("---\n", 2)[2])


def rendered(series: Series, *packs: Pack) -> dict[str, str]:
    return {page.path: page.text for page in pages.render(series, packs)}


def case_page(case: object, *packs: Pack, **changes: object) -> Reader:
    series = make_series(case, **changes)
    return Reader(as_mkdocs(rendered(series, *packs)[f"cases/{series.cases[0].slug}/index.md"]))


def home(*cases: object) -> str:
    return Reader(as_mkdocs(rendered(make_series(*cases))["index.md"])).text


# what a reader sees in each state


def test_an_open_case_says_until_when_and_what_comes_next() -> None:
    seen = case_page(make_open_case()).text
    assert (
        "Discussion open until Thursday 29 May 2025, 23:59 (Dublin time). "
        "Expert responses and the community commentary are released on Friday 6 June 2025." in seen
    )
    assert "Join the discussion" in seen
    assert "moderated by Mia Sato" in seen
    assert "You’re welcome to just read along." in seen
    assert "Half" not in seen
    text = rendered(make_series(make_open_case()))[f"cases/{SLUG}/index.md"]
    assert 'href="#section-join">Join the discussion</a></p>' in text
    assert "cb-responders" not in text
    assert "Answer first" not in seen
    assert "References 1" not in seen


def test_a_case_that_is_curated_says_when_it_is_released_and_takes_no_more() -> None:
    seen = case_page(make_open_case(state=State.CURATING)).text
    assert (
        "The discussion has closed. Expert responses and the community commentary are released on Friday 6 June 2025."
        in seen
    )
    assert "Join the discussion" not in seen


def test_a_complete_case_has_story_questions_answers_and_apparatus_in_this_order() -> None:
    seen = case_page(make_case(), HANDOUT, GUIDE).text
    landmarks = (
        "Season 1 · Episode 3 ·", "The Case of the Quiet Pager", "A pager stays quiet",
        "Discussed from 23 to 29 May 2025. Responses and commentary released on 6 June 2025.",
        "The case", "The morning after", "Questions for discussion", "Teach with this case", "Expert responses",
        "Quiet is a finding", "Answer first, then read the two expert responses", "Community commentary",
        "Show the commentary (1 theme, 2 quotes)", "Silence is not safety", "References",
        "Credits and disclosures", "How to cite", "Version history",
        "Version 2, 4 August 2025. Correction: The ward’s name was wrong.", "Version 1, 23 May 2025.",
        "A fictional series.",
    )  # fmt: skip
    places = [seen.find(landmark) for landmark in landmarks]
    assert -1 not in places, landmarks[places.index(-1)]
    assert places == sorted(places)


def metric(name: str, value: float, days: int = 7, source: str = "The site's log") -> Metric:
    return Metric(metric=name, value=value, window_days=days, source=source, collected=date(2025, 6, 7))


def test_a_released_case_shows_its_figures_their_window_their_source_and_their_day() -> None:
    figures = (metric("page-views", 12702), metric("poll_votes", 4.5), metric("visitors", 9, 1, "A count by hand."))
    full = write_series(make_case(metrics=figures))
    seen = Reader(as_mkdocs(rendered(publish(full, at(2025, 6, 7)))[f"cases/{SLUG}/index.md"])).text
    assert (
        "Reach First day Visitors 9 Source: A count by hand. Collected on 7 June 2025. "
        "First 7 days Page views 12,702 Poll votes 4.5 Source: The site's log. Collected on 7 June 2025." in seen
    )
    before = "\n".join(rendered(publish(full, at(2025, 6, 5))).values())
    assert "A count by hand" not in before
    assert "Reach" not in before
    assert "Reach" not in case_page(make_case()).text


@pytest.mark.parametrize(("edition", "has_them"), [("guide", True), ("case", True), ("handout", False)])
def test_guide_and_reading_copy_have_the_typed_figures_with_their_source(edition: str, *, has_them: bool) -> None:
    series = make_series(make_case(metrics=(metric("page-views", 12702), metric("visitors", 9, 1, "A count by hand."))))
    _, start, remainder = job_of(series, edition).html.partition('<section class="figures" id="reach">')
    section = f"<section>{remainder.partition('</section>')[0]}</section>".replace("\N{NO-BREAK SPACE}", " ")
    assert bool(start) is has_them
    assert not start or Reader(section).text.split() == [
        "Reach",
        "First",
        "day",
        "Figure",
        "Number",
        "Visitors",
        "9",
        "Source:",
        "A",
        "count",
        "by",
        "hand.",
        "Collected",
        "on",
        "7",
        "June",
        "2025.",
        "First",
        "7",
        "days",
        "Figure",
        "Number",
        "Page",
        "views",
        "12,702",
        "Source:",
        "The",
        "site's",
        "log.",
        "Collected",
        "on",
        "7",
        "June",
        "2025.",
    ]
    assert 'id="reach"' not in job_of(make_series(), edition).html


def test_a_case_that_was_changed_says_its_version_and_since_when() -> None:
    assert "Updated 4 August 2025. See changes" in case_page(make_case()).text
    assert "See changes" not in case_page(make_case(changes=())).text


def test_each_question_has_a_field_of_its_own_that_only_a_script_shows() -> None:
    text = rendered(make_series(make_open_case()))[f"cases/{SLUG}/index.md"]
    assert text.count("<textarea") == 2
    assert text.count('<div class="cb-thought" data-pagefind-ignore hidden') == 2
    document = Reader(as_mkdocs(text))
    assert {"thought-ask-why", "thought-who-tells", "thoughts-stay"} <= set(document.ids)
    assert "Notes are saved only in this browser." in document.text
    assert "name" not in document.attributes  # nothing that a form could send


def test_a_case_leads_to_its_neighbours_in_time_and_to_those_about_the_same() -> None:
    cases = (
        make_case(),
        make_case(slug="2025-01-a", title="Oldest", opens=at(2025, 1, 3), topics=("handover",), competencies=("x:y",)),
        make_case(slug="2025-02-b", title="Before", opens=at(2025, 2, 3), topics=("other",), competencies=("x:z",)),
        make_case(
            slug="2025-06-c", title="After", opens=at(2025, 6, 9), topics=("other",), competencies=("acgme:ICS",)
        ),
        make_case(slug="2025-07-d", title="Twin", opens=at(2025, 7, 3)),
        make_case(slug="2025-08-e", title="Twin too", opens=at(2025, 8, 3)),
        make_withdrawn_case(slug="2025-05-w", title="Gone", opens=at(2025, 5, 29)),
    )
    seen = Reader(as_mkdocs(rendered(make_series(*cases))[f"cases/{SLUG}/index.md"])).text
    onward = seen[seen.index("More cases") :]
    assert "Previous case Before" in onward
    assert "Next case After" in onward
    assert "Gone" not in onward
    related = onward[: onward.index("Previous case")]
    assert [name for name in ("Twin too", "Oldest", "After", "Before") if name in related] == ["Twin too", "Oldest"]
    assert "More cases" not in case_page(make_case()).text


def test_a_withdrawn_case_leaves_title_authors_date_and_reason() -> None:
    seen = case_page(make_withdrawn_case()).text
    assert "The Case of the Quiet Pager" in seen
    assert "This case has been withdrawn." in seen
    assert "1 July 2025 · A reader recognised a colleague. We took the case down." in seen
    assert "First published on 23 May 2025, by Ada Byrne." in seen
    assert "Rhona" not in seen


def test_a_journal_club_shows_its_paper_and_the_hour_at_which_it_closes() -> None:
    seen = case_page(make_journal_club(state=State.OPEN, responses=(), commentary=None, quotes=())).text
    assert "Journal club" in seen
    assert "Discussion open until Wednesday 8 October 2025, 07:00 (Dublin time)." in seen
    assert "The paper Thangasamy IA, Leveridge M" in seen
    assert "doi:10.1016/j.eururo.2014.01.034 · published 1 July 2014 · not open access" in seen
    assert "Why this paper" in seen


def test_a_site_with_drafts_says_on_every_page_that_it_is_not_for_publication() -> None:
    series = make_series(make_open_case(state=State.SCHEDULED), settings=make_settings(drafts=True))
    for path, text in rendered(series).items():
        assert "not for publication" in text, path
    assert (
        "Preview of an unpublished case. It opens on Friday 23 May 2025."
        in Reader(as_mkdocs(rendered(series)[f"cases/{SLUG}/index.md"])).text
    )


def test_home_shows_what_is_discussed_what_comes_next_and_what_was_released() -> None:
    curating = make_open_case(slug="2025-04-b", title="The Other Case", state=State.CURATING)
    seen = home(make_open_case(), curating, make_case(slug="2025-03-c", title="The Old Case"))
    now, following, latest = (
        seen.index(words) for words in ("Open for discussion", "Awaiting responses", "Latest responses")
    )
    assert (
        now
        < seen.index("The Case of the Quiet Pager")
        < following
        < seen.index("The Other Case")
        < latest
        < seen.index("The Old Case")
    )
    assert "Released 6 June 2025" in seen


def test_home_of_an_empty_series_says_that_nothing_is_under_discussion() -> None:
    seen = Reader(as_mkdocs(rendered(make_series(cases=(), people=()))["index.md"])).text
    assert "No case is open for discussion right now." in seen
    assert "earlier cases" not in seen, "there are none"
    seen = Reader(as_mkdocs(rendered(make_series(make_case()))["index.md"])).text
    assert "right now. The earlier cases can be read" in seen


def test_before_the_release_no_page_holds_a_sealed_word() -> None:
    full = write_series(
        make_case(title="The Sealed Case"),
        people=tuple(map(make_person, ("ada-byrne", "luis-ferrer", "mia-sato", "noor-khan", "tom-otieno"))),
    )
    sealed = (
        "Quiet is a finding",
        "I am the resident here",
        "I would have called",
        "Let them sleep",
        "Twenty people wrote in",
        "Silence is not safety",
        "Noor Khan",
        "Tom Otieno",
        "Read the story aloud",
        "quiet night may hide",
        "A note for the facilitator",
    )
    before = "\n".join(rendered(publish(full, at(2025, 5, 24))).values())
    after = "\n".join(rendered(publish(full, at(2025, 6, 7))).values())
    assert "The Sealed Case" in before
    assert [words for words in sealed if words in before] == []
    assert [words for words in sealed[:8] if words not in after] == []


# people, quotes, packs


def test_every_response_shows_its_author_and_a_disclosure() -> None:
    mine = make_response("noor-khan", "A", "Text.", disclosure="I sell pagers.", perspective="patient")
    theirs = make_response("tom-otieno", "B", "Text.", perspective="learner")
    nobodys = make_response("eva-roth", "C", "Text.")
    case = make_case(responses=(mine, theirs, nobodys), credits=())
    people = (
        make_person("noor-khan", post="Nurse", institution="St Bride’s", country="IE"),
        make_person("tom-otieno"),
        make_person("eva-roth", disclosure=None),
    )
    page = case_page(case, people=people)
    assert (
        "A patient’s perspective A # NK Noor Khan, MB, PhD Nurse, St Bride’s, Ireland Disclosure: I sell pagers."
        in page.text
    )
    assert "A learner’s perspective" in page.text
    assert page.text.count("Disclosure: Nothing to declare.") == 2
    assert "Disclosure: No disclosure was given." in page.text
    assert {"response-noor-khan", "response-tom-otieno", "response-eva-roth"} <= set(page.ids)


def test_quotes_show_who_speaks_and_by_what_right() -> None:
    withdrawn = make_quote("q4", "x", theme="silence").model_copy(
        update={"text": "", "consent": Consent(state=ConsentState.WITHDRAWN, on=date(2025, 8, 1))}
    )
    licensed = Consent(state=ConsentState.LICENSED, on=date(2025, 6, 1), how="CC BY")
    case = make_case(quotes=(
        make_quote("q1", "Named words.", theme="silence"),
        make_quote("q2", "Nameless words.", mode=Mode.ANONYMOUS, by=RESIDENT, theme="silence"),
        make_quote("q3", "Words in other words.", mode=Mode.PARAPHRASE, by=QuoteAuthor(), theme="silence"),
        withdrawn,
        make_quote("q5", "Free words.", consent=licensed),
    ))  # fmt: skip
    page = case_page(case)
    assert "Named words. Femi Ojo, resident, Nigeria · quoted with permission" in page.text
    assert "Nameless words. Paediatric resident · anonymous, quoted with permission" in page.text
    assert "Words in other words. A participant · paraphrased" in page.text
    assert "A quote was removed at its author’s request on 1 August 2025." in page.text
    assert "Free words. Femi Ojo, resident, Nigeria · quoted under an open licence" in page.text
    assert {f"quote-q{number}" for number in range(1, 6)} <= set(page.ids)


def test_somebody_without_a_profile_is_named_and_nothing_breaks() -> None:
    page = case_page(make_case(), people=())
    assert "ada-byrne" in page.text
    assert not any("experts/ada-byrne" in link for link in page.links)


def test_packs_show_their_paper_pages_and_size() -> None:
    page = case_page(make_case(), GUIDE, HANDOUT)
    assert "Handout A4 3 pages, 84 kB" in page.text
    assert "Facilitator guide US Letter 1 page, 1.3 MB" in page.text
    assert f"../../{HANDOUT.path}" in page.links


def test_while_a_case_is_open_the_guide_is_promised_for_the_release() -> None:
    assert (
        "The facilitator guide and the case with its responses follow on 6 June 2025."
        in case_page(make_open_case(), HANDOUT).text
    )


def test_a_person_has_a_page_with_all_that_they_did() -> None:
    person = make_person("noor-khan", name="नूर खान", orcid="0000-0002-1825-0097")
    series = make_series(make_case(), people=(person, make_person("ada-byrne"), make_person("mia-sato")))
    written = rendered(series)
    assert f"../../cases/{SLUG}/#response-noor-khan" in Reader(as_mkdocs(written["experts/noor-khan/index.md"])).links
    assert front(written["experts/noor-khan/index.md"])["title"] == "नूर खान"
    assert "नख" in written["experts/noor-khan/index.md"]
    assert "Curator The Case of the Quiet Pager" in Reader(as_mkdocs(written["experts/mia-sato/index.md"])).text


def test_spellings_of_a_topic_are_one_and_each_has_its_page() -> None:
    case = make_case(topics=("Patient safety", "patient-safety", "引き継ぎ"))
    written = rendered(make_series(case))
    assert {path for path in written if path.startswith("topics/")} == {
        "topics/index.md",
        "topics/patient-safety/index.md",
        "topics/引き継ぎ/index.md",
    }
    assert "引き継ぎ" in written[f"cases/{SLUG}/index.md"]


def test_a_collection_says_why_each_case_is_in_it() -> None:
    entries = (CollectionEntry(case=SLUG, why="It is short."), CollectionEntry(case="2025-01-gone", why="-"))
    series = make_series(
        collections=(
            Collection(
                id="first",
                title="First steps",
                introduction="Begin *here*.",
                text=Prose("Begin *here*.", "collections/first.yml"),
                editors=("ada-byrne",),
                cases=entries,
            ),
        ),
    )
    seen = Reader(as_mkdocs(rendered(series)["collections/first/index.md"])).text
    assert "Begin here." in seen
    assert "Why this one: It is short." in seen
    assert "Chosen by Ada Byrne" in seen


def test_the_list_of_cases_can_be_narrowed_by_what_each_case_is() -> None:
    written = rendered(make_series(make_case(), make_journal_club(topics=("Handover", "consent"), audience=())))
    text = written["cases/index.md"]
    seen = Reader(as_mkdocs(text)).text
    assert "Topic Any Consent (1) Handover (2) Psychological safety (1)" in seen
    assert "Type Any Case (1) Journal club (1)" in seen
    assert "Season Any" not in seen  # all are of the first: nothing to choose
    assert 'data-topic="handover consent" data-competency="acgme:ICS canmeds:communicator"' in text
    assert '<form class="cb-facets" data-facets data-pagefind-ignore hidden' in text


def test_search_has_the_filters_of_the_list_and_filters_by_language_and_person() -> None:
    series = make_series(make_case(), make_journal_club(topics=("Handover",), language="pt-BR"))
    made = {page.path: page for page in pages.render(series)}
    seen = Reader(as_mkdocs(made["search/index.md"].text)).text
    assert "Type Any Case Journal club Person" in seen
    assert "Language Any English Portuguese" in seen
    facets = made["cases/2025-10-a-year-of-posts/index.md"].facets
    assert (facets["topic"], facets["kind"], facets["language"]) == ("handover", "journal-club", "pt-BR")
    assert made["experts/noor-khan/index.md"].facets == {"kind": "person"}
    assert not made["topics/handover/index.md"].facets


def test_competencies_are_counted_and_shown_by_case() -> None:
    text = rendered(make_series(make_case(competencies=("acgme:ICS", "own:x")), make_withdrawn_case(slug="2024-01-w")))
    document = Reader(as_mkdocs(text["competencies/index.md"]))
    assert "ICS Interpersonal and Communication Skills 1 case for" in document.text
    assert "none yet" in document.text
    assert "●covered" in document.text
    assert "../cases/?competency=acgme%3AICS" in document.links
    assert document.text.count("The Case of the Quiet Pager") == 2  # once a framework; no tombstone


def test_the_schedule_shows_when_each_case_opens_closes_and_is_answered() -> None:
    written = rendered(make_series(make_open_case(), make_case(slug="2025-01-a", title="Older")))
    seen = Reader(as_mkdocs(written["schedule/index.md"])).text
    assert (
        "Current The Case of the Quiet Pager Opened Friday 23 May 2025 "
        "Closes Thursday 29 May 2025, 23:59 (Dublin time) Responses Friday 6 June 2025 Past Older" in seen
    )


def test_facilitators_find_the_minutes_and_the_packs_of_each_case() -> None:
    seen = Reader(as_mkdocs(rendered(make_series(), HANDOUT, GUIDE)["facilitators/index.md"])).text
    assert (
        "The Case of the Quiet Pager 15 minutes · Residents handover, psychological safety Handout A4 3 pages, 84 kB"
        in seen
    )


def test_the_builder_lists_what_is_released_of_each_case_and_what_is_ready() -> None:
    series = make_series(make_case(), make_open_case(slug="2025-12-now"), make_withdrawn_case(slug="2024-01-gone"))
    text = as_mkdocs(rendered(series, HANDOUT, GUIDE, BOOK)["facilitators/build/index.md"])
    read = Reader(text)
    assert re.findall(r'value="([^"]*)" data-title="[^"]*" data-editions="([^"]*)"', text) == [
        ("2025-12-now", "handout"),
        (SLUG, "handout guide case slides"),
    ]
    assert "Handout only (guide to follow) · handover" in read.text
    table = read.text.partition("Ready-made packs")[2]
    assert table.startswith(
        " Case, volume or collection Handout Facilitator guide E-book The Case of the Quiet Pager A4"
    )
    assert {f"../../{pack.path}" for pack in (HANDOUT, GUIDE, BOOK)} <= set(read.links)


def test_without_packs_there_is_no_builder_and_nothing_leads_to_it() -> None:
    settings = make_settings(packs=False)
    made = rendered(make_series(settings=settings))
    assert "facilitators/build/index.md" not in made
    assert [path for path, text in made.items() if "facilitators/build" in text] == []


def test_books_are_beside_the_packs_and_say_their_size() -> None:
    assert "E-book EPUB 52 kB" in case_page(make_case(), HANDOUT, BOOK).text
    volume = Pack("packs/volume-2025.epub", "volume-2025", "epub", "", 0, 310_000)
    seen = Reader(as_mkdocs(rendered(make_series(), BOOK, volume)["facilitators/index.md"])).text
    assert "Volumes and collections Quiet Dilemmas 2025 1 case E-book EPUB 310 kB" in seen


# words for other readers and machines


def test_dates_are_words_for_people_and_days_for_machines() -> None:
    text = rendered(make_series(make_journal_club(state=State.OPEN)))["cases/2025-10-a-year-of-posts/index.md"]
    assert (
        '<time datetime="2025-10-08T07:00+01:00" title="Dublin time (UTC+01:00)"'
        ' data-here=", {hour} your time">Wednesday 8 October 2025, 07:00 (Dublin time)</time>' in text
    )
    assert (
        '<time datetime="2025-05-29T23:59+01:00" title="Dublin time (UTC+01:00)"'
        ' data-here=", {hour} your time">Thursday 29 May 2025, 23:59 (Dublin time)</time>'
        in rendered(make_series(make_open_case()))[f"cases/{SLUG}/index.md"]
    )


def test_dates_are_in_the_language_of_the_site_and_a_case_in_another_says_so() -> None:
    text = rendered(make_series(make_open_case(language="fr"), language="de"))[f"cases/{SLUG}/index.md"]
    assert "Donnerstag, 29. Mai 2025, 23:59" in text
    assert '# <span lang="fr">The Case of the Quiet Pager</span>' in text
    assert f'<ol class="cb-questions" data-notes="{SLUG}" lang="fr">' in text


def test_how_to_cite_names_writers_title_series_day_and_address() -> None:
    page = case_page(make_case())
    assert "Ada Byrne. The Case of the Quiet Pager. Quiet Dilemmas. 2025 May 23;1(3). Available from: " in page.text
    assert "Ada Byrne. (2025, May 23). The Case of the Quiet Pager. Quiet Dilemmas, 1(3). https://" in page.text
    assert {"cite.bib", "cite.ris", "cite.json"} <= set(page.links)


def test_references_are_in_the_order_in_which_they_are_cited_and_links_reach_them() -> None:
    page = case_page(make_case())
    assert [name for name in page.ids if name.startswith("reference-")] == [
        "reference-chan-2015",
        "reference-night-notes",
    ]
    assert "#reference-night-notes" in page.links


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Two say so[@night-notes][@chan-2015].", "Two say so1,2."),
        ("Two say so [@night-notes] [@chan-2015].", "Two say so1,2."),
        ("Two say so [@night-notes],\n[@chan-2015], he said.", "Two say so1,2, he said."),
        ("Two say so[@night-notes][^1].\n\n[^1]: Not all.", "Two say so1,a."),
        ("Two say so[^1][^2].\n\n[^1]: Not all.\n[^2]: Or more.", "Two say soa,b."),
        ("One says so[@night-notes], and one[@chan-2015].", "One says so1, and one2."),
    ],
)
def test_numbers_of_works_and_notes_one_after_the_other_are_apart(written: str, seen: str) -> None:
    page = case_page(make_case(story=(part(written),)))
    assert seen in page.text
    marks = ("#reference-night-notes", "#reference-chan-2015", "#note-")
    assert sum(link.startswith(marks) and not link.endswith("-from") for link in page.links) >= 2


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({}, "Notes. BMJ. 2020:m1-m5."),
        ({"issue": "3"}, "Notes. BMJ. 2020;(3):m1-m5."),
        ({"volume": "8"}, "Notes. BMJ. 2020;8:m1-m5."),
        ({"pages": ""}, "Notes. BMJ. 2020."),
        ({"year": None, "volume": "8"}, "Notes. BMJ. 8:m1-m5."),
    ],
)
def test_a_reference_has_no_sign_for_what_is_not_known(changes: dict[str, object], seen: str) -> None:
    first, second = WORKS_WITHOUT_VOLUME
    assert seen in case_page(make_case(references=(first, second.model_copy(update=changes)))).text


def test_pictures_are_addressed_from_the_page_that_shows_them() -> None:
    story = (part("![A pager on a desk](pager.png)"),)
    page = case_page(make_case(story=story, image=Picture(file="ward.svg", alt="A dark ward")))
    assert f"../../cases/{SLUG}/pager.png" in page.links
    assert "ward.svg" in page.links


# any engine can take the pages


def everything() -> Series:
    """A series whose words try to break the pages."""
    bad = make_case(
        title=HOSTILE,
        teaser=HOSTILE,
        topics=("handover", HOSTILE),
        content_note=HOSTILE,
        story=(
            part(f"{HOSTILE}\n\n    first line\n\n    after a blank one\n\nEnd.", title=HOSTILE),
            part("{{ site.title }} {% raw %}\n\n<div>\n\nOpen"),
        ),
        questions=(make_question("ask-why", HOSTILE, "- a\n\n    b\n\n- c"),),
        quotes=(make_quote("q1", HOSTILE, theme="silence", by=QuoteAuthor(name=HOSTILE)),),
    )
    people = (make_person("ada-byrne", name=HOSTILE, credentials="<i>MD</i>", post="*Chief*"), make_person("mia-sato"))
    entries = (CollectionEntry(case=SLUG, why=HOSTILE),)
    return make_series(
        bad,
        make_journal_club(),
        make_open_case(slug="2025-12-now"),
        make_withdrawn_case(slug="2024-01-gone"),
        people=people,
        name=HOSTILE,
        collections=(
            Collection(
                id="all",
                title=HOSTILE,
                introduction=HOSTILE,
                text=Prose(HOSTILE, "collections/all.yml"),
                cases=entries,
            ),
        ),
    )


def written_pages() -> list[tuple[str, str]]:
    return sorted(rendered(everything(), HANDOUT, GUIDE).items())


@pytest.mark.parametrize(("path", "text"), written_pages())
def test_a_page_reads_the_same_in_mkdocs_and_in_commonmark(path: str, text: str) -> None:
    one, other = Reader(as_mkdocs(text)), Reader(as_commonmark(text))
    assert one.text == other.text, path
    assert one.tags == other.tags
    assert set(other.ids) <= set(one.ids)
    assert set(one.links) == set(other.links)


@pytest.mark.parametrize(("path", "text"), written_pages())
def test_a_page_holds_no_script_no_style_and_no_id_twice(path: str, text: str) -> None:
    read = Reader(as_mkdocs(text))
    assert not {"script", "style", "iframe", "link"} & set(read.tags), path
    assert not {name for name in read.attributes if name == "style" or name.startswith("on")}
    assert len(read.ids) == len(set(read.ids))
    assert read.tags.count("h1") == 1


@pytest.mark.parametrize(("path", "text"), written_pages())
def test_headings_skip_no_level_and_nothing_comes_before_the_title(path: str, text: str) -> None:
    levels = [int(tag[1]) for tag in Reader(as_mkdocs(text)).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1, path
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels


def test_a_first_level_heading_is_no_smaller_than_those_below_it() -> None:
    story = (part("# The paper\n\nWe chose it.\n\n### Why\n\nIt is new."), part("They asked.", "Methods"))
    text = rendered(make_series(make_case(story=story)))[f"cases/{SLUG}/index.md"]
    found = re.findall(r"<h(\d)[^>]*>(The paper|Why|Methods)</h", text)
    assert found == [("3", "The paper"), ("4", "Why"), ("3", "Methods")]


def test_hostile_words_are_shown_as_they_were_written() -> None:
    text = rendered(everything())[f"cases/{SLUG}/index.md"]
    assert front(text)["title"] == HOSTILE
    shown = " ".join(HOSTILE.split())
    for html in (as_mkdocs(text), as_commonmark(text)):
        assert Reader(html).text.count(shown) >= 5
    assert not re.search(r"\{[{%]", text.split("---\n", 2)[2])


def test_links_between_pages_lead_to_pages_and_to_places_on_them() -> None:
    written = dict(written_pages())
    read = {path: Reader(as_mkdocs(text)) for path, text in written.items()}
    series = everything()
    files = {
        file.path
        for output in (feeds.render(series, ()), calendar.render(series), citationfiles.render(series))
        for file in output
    }
    files |= {HANDOUT.path, GUIDE.path, "pagefind/pagefind.js"}
    for path, page in read.items():
        for link in page.links:
            if re.match(r"[a-z]+:", link) or link.endswith("/c/"):  # what an author wrote
                continue
            address, _, place = link.partition("#")
            address = address.partition("?")[0]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path
            if target in files:
                continue
            target = path if not address else posixpath.join(target, "index.md").removeprefix("./")
            assert target in read, f"{path}: {link}"
            assert not place or place in read[target].ids, f"{path}: {link}"


def test_every_page_has_a_title_a_description_the_notice_and_the_licence() -> None:
    for path, text in rendered(make_series(make_case(), make_withdrawn_case(slug="2024-01-gone"))).items():
        head = front(text)
        assert head["title"], path
        assert head["description"], path
        assert head["hide"] == ["navigation", "toc"]
        assert "A fictional series." in text
        assert "https://creativecommons.org/licenses/by/4.0/" in text


def test_the_same_series_gives_the_same_pages_in_whatever_order_it_was_read() -> None:
    series = everything()
    turned = replace(series, people=series.people[::-1])
    assert list(pages.render(series, (HANDOUT, GUIDE))) == list(pages.render(turned, (GUIDE, HANDOUT)))


GISCUS = {"repo": "example/dilemmas", "repo_id": "R_1", "category": "Cases", "category_id": "DIC_2"}


@pytest.mark.parametrize("state", [State.OPEN, State.CURATING, State.COMPLETE])
def test_a_discussion_on_github_is_offered_and_the_offer_says_what_would_be_loaded(state: State) -> None:
    settings = make_settings(giscus=Giscus(**GISCUS))
    page = case_page(make_open_case(state=state), settings=settings)
    assert "The discussion on GitHub What readers write about this case is kept on GitHub" in page.text
    assert "It loads a script and a frame from giscus.app, and pictures from GitHub." in page.text
    assert page.text.count("Load the discussion from giscus.app") == 1
    assert "https://github.com/example/dilemmas/discussions" in page.links
    assert "script" not in page.tags
    assert "iframe" not in page.tags


def test_without_the_setting_or_before_the_opening_there_is_no_word_of_giscus() -> None:
    settings = make_settings(giscus=Giscus(**GISCUS), drafts=True)
    made = rendered(make_series(make_case(), make_open_case(slug="2025-12-now")))
    made |= rendered(make_series(make_open_case(state=State.SCHEDULED), settings=settings))
    assert [path for path, text in made.items() if "giscus" in text] == []


def test_an_open_case_says_where_to_take_part_and_with_which_words() -> None:
    channels = (
        Channel(type="bluesky", url="https://bsky.example/dilemmas", hashtag="#Quiet"),
        Channel(type="email"),
    )
    case = make_open_case(discussion=Discussion(channels=channels, moderators=("mia-sato",)))
    settings = make_settings(contact="editors@example.org")
    page = case_page(case, settings=settings)
    assert "Bluesky with #Quiet Email the editors" in page.text
    assert "https://bsky.example/dilemmas" in page.links
    assert "mailto:editors@example.org?subject=The%20Case%20of%20the%20Quiet%20Pager" in page.links
    assert "calendar.ics" in page.links


def test_a_month_is_a_table_of_days_that_says_what_happens_on_each() -> None:
    hidden = make_open_case(slug="2030-01-later", opens=at(2030, 1, 4), state=State.WITHDRAWN)
    written = rendered(make_series(make_open_case(), make_case(slug="2025-01-a", opens=at(2025, 1, 3)), hidden))
    assert "schedule/2030/index.md" not in written
    text = as_mkdocs(written["schedule/2025/index.md"])
    assert re.findall(r'id="(section-2025-\d\d)"', text) == [
        "section-2025-01", "section-2025-05", "section-2025-06",
    ]  # fmt: skip
    may = text.partition('id="section-2025-05"')[2].partition("</table>")[0]
    document = Reader(f"<table>{may.partition('<table>')[2]}</table>")
    assert document.text.startswith("What happens in May 2025 MonMonday TueTuesday")
    assert "Friday 23 Opened The Case of the Quiet Pager 24" in document.text
    assert "28 Thursday 29 Closed The Case of the Quiet Pager" in document.text
    assert document.tags.count("td") == 5 * 7
    assert may.count('<th scope="col">') == 7
    links = re.findall(r'rel="(prev|next)" href="([^"]*)"', text)
    assert links == [
        ("next", "../../schedule/2025/#section-2025-05"), ("prev", "../../schedule/2025/#section-2025-01"),
        ("next", "../../schedule/2025/#section-2025-06"), ("prev", "../../schedule/2025/#section-2025-05"),
    ]  # fmt: skip
    assert "../schedule/2025/#section-2025-06" in Reader(as_mkdocs(written["schedule/index.md"])).links


def long_series() -> Series:
    days = [at(2000 + n // 12, n % 12 + 1, 5) for n in range(61)]
    return make_series(*(make_case(slug=f"{day:%Y-%m}-x", title=f"Case number {day:%Y%m}", opens=day) for day in days))


def test_in_a_long_series_only_the_list_of_cases_lists_them_all() -> None:
    series = long_series()
    made = rendered(series)
    for path in ("index.md", "schedule/index.md", "facilitators/index.md", "facilitators/build/index.md"):
        assert made[path].count("Case number") <= 16, path
    assert made["cases/index.md"].count("Case number") == 61
    document = Reader(as_mkdocs(made["facilitators/index.md"]))
    assert "These are the newest of 61 complete cases." in document.text
    assert {"../cases/?state=complete", "../topics/handover/"} <= set(document.links)
    (choices,) = pages.files(series)
    assert choices.path == "packs/choices.html"
    assert choices.content.decode().count('name="case"') == 61


def test_a_short_series_has_all_its_cases_on_the_page_of_the_builder_and_no_file_of_them() -> None:
    assert list(pages.files(make_series())) == []
    assert "build-find" not in rendered(make_series())["facilitators/build/index.md"]


def test_each_response_and_each_volume_says_how_it_is_cited() -> None:
    seen = case_page(make_case())
    assert "Cite this response Noor Khan. Quiet is a finding [expert response to" in seen.text
    assert {"cite-noor-khan.bib", "cite-tom-otieno.ris", "cite-tom-otieno.json"} <= set(seen.links)
    volume = Pack("packs/volume-2025.epub", "volume-2025", "epub", "", 0, 310_000)
    page = Reader(as_mkdocs(rendered(make_series(), volume)["facilitators/index.md"]))
    assert "How to cite Luis Ferrer, editor. Quiet Dilemmas 2025. Quiet Dilemmas; 2025." in page.text
    assert {"../packs/volume-2025.bib", "../packs/volume-2025.ris", "../packs/volume-2025.json"} <= set(page.links)
    assert "volume-2025" in page.ids


def test_of_a_busy_person_the_newest_cases_are_shown_and_all_are_one_link_away() -> None:
    made = rendered(long_series())
    text = as_mkdocs(made["experts/ada-byrne/index.md"])
    assert text.count("Case number") == 12
    assert "Case number 200501" in text
    document = Reader(text)
    assert "All 61 cases with Ada Byrne" in document.text
    assert "../../cases/?person=ada-byrne" in document.links
    listed = made["cases/index.md"]
    assert '<option value="ada-byrne" data-label="Ada Byrne">Ada Byrne (61)</option>' in listed
    assert listed.count('data-person="1') == 61
    assert "data-language" not in listed
    assert "all cases are listed by season" in Reader(as_mkdocs(listed)).text


def test_a_person_with_few_cases_needs_no_filter_in_the_list_of_cases() -> None:
    made = rendered(make_series())
    assert "?person=" not in made["experts/ada-byrne/index.md"]
    assert "facet-person" not in made["cases/index.md"]
    assert "data-person" not in made["cases/index.md"]


def test_a_busy_topic_shows_its_newest_cases_and_names_the_others_by_year() -> None:
    text = as_mkdocs(rendered(long_series())["topics/handover/index.md"])
    newest_part, _, earlier = text.partition("Earlier")
    assert newest_part.count("Case number") == 12
    assert earlier.count("Case number") == 49
    assert re.findall(r'<h3 class="cb-label">(\d+)</h3>', earlier) == ["2004", "2003", "2002", "2001", "2000"]
    assert "../../cases/?topic=handover" in Reader(text).links
    few = as_mkdocs(rendered(make_series())["topics/handover/index.md"])
    assert "Earlier" not in few
