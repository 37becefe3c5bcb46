"""Figures: each against a count by hand of a record of 40 contributions, and small numbers that nobody can work out."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import zoo_keeper
from casebuilder.checks import figures, smallfigures
from casebuilder.cli import main
from casebuilder.editorial import statistics
from casebuilder.editorial.statistics import figureformats, gathering, journaltables
from casebuilder.model import (
    Breakdown,
    Consent,
    ConsentState,
    Contribution,
    Figures,
    Metric,
    Mode,
    Origin,
    QuoteAuthor,
    Status,
    counting,
)
from casebuilder.model.counting.combinedrounds import Together, together
from casebuilder.model.counting.overlap import new_and_returning
from casebuilder.model.counting.suppression import breakdown, nested
from casebuilder.outputs import seriesjson
from casebuilder.outputs.site import pages
from casebuilder.published import consent, publish
from casebuilder.published.statistics import month
from casebuilder.wording import Translator
from casebuilder.wording import figures as wording_figures
from series_factory import ZONE, at, count_record, make_case, make_journal_club, make_quote, make_series, write_series

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from casebuilder.published import PublishedSeries

OPENS = datetime(2026, 3, 2, 7, tzinfo=ZONE)
#: Person, hours since the opening, channel, kind, question, words; counted below by hand, on paper.
FORTY = """
ana 0 site o q1 5|ben 0 site r q1 10|cam 0 bluesky o q1 3|dee 0 bluesky o q2 4|eli 0 mastodon o q2 6
fay 1 site o q1 8|gus 1 site r q1 9|ana 1 site r q1 7|hal 1 bluesky p - 12|ivy 1 bluesky o q2 2
ana 25 site o q1 5|ben 25 site o q3 5|cam 25 bluesky r q3 5|dee 25 mastodon r q2 5|eli 25 bluesky r q2 5
fay 26 site o q3 5|ana 26 site r q3 5|ana 26 site r q3 5|ben 26 bluesky p - 9|jon 26 mastodon o q2 5
ana 49 site o q3 5|kay 49 site o q1 5|lee 49 site o q1 5|mia 49 site o q2 5|cam 50 bluesky o q1 5
dee 50 bluesky r q2 5|eli 50 mastodon r q2 5|ana 50 site r q3 5|ben 50 site r q3 5|ivy 50 bluesky p - 11
ana 73 site o q1 5|ana 74 site r q1 5|ben 74 site r q3 5|cam 75 bluesky o q1 5|fay 75 site o q3 5
gus 170 site o q1 5|ana 171 site r q1 5|ben 172 site o q3 5|dee 173 bluesky o q2 5|eli 174 mastodon o q2 5
"""
COUNTRY = {
    "ana": "IE", "ben": "IE", "cam": "IE", "dee": "GB", "eli": "KE", "fay": "KE", "gus": "KE", "hal": "PH", "ivy": "PH",
    "jon": "PH", "kay": "PH", "lee": "BR",
}  # fmt: skip
ROLE = {"ana": "moderator", "ben": "author of the paper", "cam": "resident", "dee": "resident", "eli": "resident"}
_KIND = {"o": "original", "r": "reply", "p": "repost"}


def contribution(number: int, who: str, posted: datetime, **changes: object) -> Contribution:
    """A contribution of a record."""
    fields = {"id": f"c{number}", "channel": "site", "author": who, "author_key": who, "posted": posted, "text": "So."}
    return Contribution.model_validate(fields | changes)


def forty() -> list[Contribution]:
    """The record."""
    record: list[Contribution] = []
    for number, row in enumerate(FORTY.strip().replace("\n", "|").split("|")):
        who, hour, channel, kind, question, words = row.split()
        record.append(
            contribution(
                number,
                who,
                OPENS + timedelta(hours=int(hour), minutes=30),
                channel=channel,
                kind=_KIND[kind],
                question="" if question == "-" else question,
                text=" ".join(["word"] * int(words)),
                country=COUNTRY.get(who),
                role=ROLE.get(who, ""),
                in_reply_to=f"c{number - 1}" if kind == "r" else "",
            )
        )
    return record


def counted_forty(small_count: int = 1, earlier: Iterable[str] = ("ana", "ben", "nobody")) -> Figures:
    """The figures of the record."""
    return count_record(forty(), OPENS, small_count=small_count, earlier={*earlier}, has_paper=True)


def test_every_figure_is_what_was_counted_by_hand() -> None:
    assert len(forty()) == 40
    shown = counted_forty()
    assert (shown.contributions, shown.participants) == (40, 13)
    assert shown.kinds.cells == {"original": 22, "reply": 15, "repost": 3}
    assert shown.rounds.cells == {"new": 11, "returning": 2}
    assert shown.media.cells == {"comments": 23, "posts": 17}
    assert shown.channels.cells == {"site": 23, "bluesky": 12, "mastodon": 5}
    assert (shown.first_comments, shown.first_posts) == (20, 15)
    assert shown.questions.cells == {"q1": 15, "q2": 11, "q3": 11, "unknown": 3}
    assert shown.course.cells == {
        "0-1": 5, "1-2": 5, "25-26": 5, "26-27": 5, "49-50": 4, "50-51": 6, "73-74": 1, "74-75": 2, "75-76": 2,
        "170-171": 1, "171-172": 1, "172-173": 1, "173-174": 1, "174-175": 1,
    }  # fmt: skip
    assert shown.roles.cells == {"moderator": 1, "author of the paper": 1, "resident": 3, "unknown": 8}
    assert shown.countries.cells == {"IE": 3, "GB": 1, "KE": 3, "PH": 4, "BR": 1, "unknown": 1}
    assert shown.continents.cells == {"africa": 3, "south-america": 1, "asia": 4, "europe": 4, "unknown": 1}
    assert (shown.country_count, shown.continent_count) == (5, 4)
    assert shown.depth == 4  # at hour 50 dee, eli, ana and ben answer one after the other
    assert shown.authors_took_part is True
    assert shown.spam == 0


def test_spread_share_and_length_are_what_was_counted_by_hand() -> None:
    shown = counted_forty()
    own = defaultdict(int)
    for item in forty():
        own[item.author] += 1
    assert sorted(own.values()) == [1, 1, 1, 1, 1, 2, 2, 3, 4, 4, 4, 6, 10]
    assert shown.posts_each is not None
    assert (shown.posts_each.median, shown.posts_each.lower, shown.posts_each.upper) == (2, 1, 4)
    assert shown.most_active == 40  # a tenth of 13 is two people: 10 and 6 of 40
    assert shown.moderators == 25
    assert shown.words is not None
    assert (shown.words.median, shown.words.lower, shown.words.upper) == (5, 5, 5)


def test_small_numbers_are_hidden_with_what_would_give_them_away() -> None:
    shown = counted_forty(small_count=3)
    assert shown.contributions == 40
    assert (shown.rounds.cells, shown.rounds.other) == ({}, 13)
    # Two posts came later: of 17, and of 35 in the first week, 20 comments would give them away.
    assert (shown.first_comments, shown.first_posts) == (None, None)
    # Great Britain has one, so Ireland's three stay hidden with it: Europe is shown, and four less three is one.
    assert (shown.continents.cells, shown.continents.other) == ({"asia": 4, "europe": 4}, 5)
    assert (shown.countries.cells, shown.countries.other) == ({"PH": 4}, 9)
    # In steps of six hours the last, at hour 174, would be a step of its own.
    assert shown.course.cells == {"0-12": 10, "24-36": 10, "48-60": 10, "72-84": 5, "168-180": 5}
    assert (shown.roles.cells, shown.roles.other) == ({"unknown": 8}, 5)


def test_nobody_can_work_out_a_small_number() -> None:
    """Whoever knows the rule, the total and all that is shown has two values at least for each hidden small number."""
    for small, parts in ((2, 3), (3, 2), (3, 3), (3, 4), (4, 3), (5, 3)):
        outcomes: dict[object, list[tuple[int, ...]]] = defaultdict(list)
        for sizes in product(range(2 * small + 2), repeat=parts):
            shown = breakdown({str(at): size for at, size in enumerate(sizes)}, small)
            total = sum(sizes) if sum(sizes) >= small else None
            outcomes[(total, tuple(shown.cells.items()), shown.other)].append(sizes)
        for (total, cells, other), possible in outcomes.items():
            assert not other or other >= small, "so few are hidden that their sum is a small number"
            hidden = [at for at in range(parts) if str(at) not in dict(cells)]
            small_ones = [at for at in hidden if any(0 < sizes[at] < small for sizes in possible)]
            for at_ in small_ones:
                assert len({sizes[at_] for sizes in possible}) > 1, (small, total, cells, possible)
            assert all(size >= small for _, size in cells)


@pytest.mark.parametrize(("people", "share"), [(9, None), (10, None), (20, None), (21, 24)])
def test_the_most_active_tenth_is_never_few_people(people: int, share: int | None) -> None:
    who = [f"p{number}" for number in range(people)] + ["p0"] * 2 + ["p1"] * 2
    record = [contribution(number, one, OPENS) for number, one in enumerate(who)]
    shown = count_record(record, OPENS)
    assert shown.most_active == (share and round(100 * 7 / len(who)))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"first_comments": 1}, ["first_comments has a 1"]),
        ({"kinds": Breakdown(cells={"original": 38, "reply": 0}, other=2)}, ["kinds has a 2"]),
        ({"kinds": Breakdown(cells={"original": 39})}, ["kinds has a 1"]),
        ({"countries": Breakdown(cells={"IE": 11})}, ["countries has a 2"]),
    ],
)
def test_a_file_of_figures_shows_and_leaves_no_small_number(change: dict[str, object], found: list[str]) -> None:
    shown = counted_forty(3, ()).model_copy(update=change)
    origin = Origin("figures.yml", {(): (1, 1)}, {})
    case = make_case(contributions=(), figures=shown, figures_origin=origin)
    messages = [problem.message.partition(",")[0] for problem in figures.written(write_series(case))]
    assert messages == found


def from_places(sizes: Iterable[int], small_count: int) -> Figures:
    """The figures of a record with so many people of two countries on each of two continents, and of no country."""
    places = [place for place, size in zip(("IE", "GB", "PH", "JP", None), sizes, strict=True) for _ in range(size)]
    record = [contribution(n, f"p{n}", OPENS, country=place) for n, place in enumerate(places)]
    return count_record(record, OPENS, small_count=small_count)


def test_nobody_can_work_out_how_few_gave_no_country() -> None:
    """Whoever knows countries, continents, how many there are, and the rules, finds two numbers at least."""
    for small, most in ((2, 5), (3, 7)):
        outcomes: dict[str, set[int]] = defaultdict(set)
        for sizes in product(range(most + 1), repeat=5):
            if small <= sum(sizes) <= most and sizes[0] >= sizes[1] and sizes[2] >= sizes[3]:  # else mirrored
                shown = from_places(sizes, small)
                said = (shown.participants, shown.continents, shown.countries)
                outcomes[str((*said, shown.continent_count, shown.country_count))].add(sizes[4])
        assert len(outcomes) > 20
        for said, possible in outcomes.items():
            assert len(possible) > 1 or not 0 < min(possible) < small, said


def round_of(places: str, start: int = 0, before: Iterable[str] = ()) -> tuple[list[Contribution], Figures]:
    """The record and the figures of a round: "ES6 JP" has seven people, numbered from a start."""
    codes = [each[:2] for each in places.split() for _ in range(int(each[2:] or 1))]
    people = [(f"p{start + n}", None if place == "--" else place) for n, place in enumerate(codes)]
    record = [contribution(n, who, OPENS, country=place) for n, (who, place) in enumerate(people)]
    return record, count_record(record, OPENS, earlier={*before}, earlier_rounds=2)


def in_all(*rounds: tuple[list[Contribution], Figures]) -> Together:
    """What is published of some rounds together."""
    names = [str(number) for number in range(len(rounds))]
    figures_of = {name: one for name, (_, one) in zip(names, rounds, strict=True)}
    return together(figures_of, {name: record for name, (record, _) in zip(names, rounds, strict=True)}, 3)


def test_countries_in_all_do_not_name_those_that_a_round_hides() -> None:
    every, few = round_of("ES5 GB5 DE5 JP5 IN5 US5"), round_of("ES6 GB6 DE6 JP IN US", 30)
    assert few[1].country_count is None, "three countries for three people: one each"
    for other in (few, round_of("ES6 GB6 DE6 JP IN2 US", 30)):
        found = in_all(every, other)
        assert (found.countries, found.continents, found.by_continent.is_hidden) == (None, None, True)
    assert in_all(every, round_of("ES6 GB6", 30)).countries == 6, "nothing is hidden"


def test_continents_in_all_are_those_that_a_round_shows() -> None:
    one = round_of("ES20 JP3 BR")
    assert (dict(one[1].continents.cells), one[1].continents.other) == ({"europe": 20}, 4)
    by_continent = in_all(one).by_continent
    assert "asia" not in by_continent.cells, "with three people, whom the table of the round hides"


def test_nobody_can_work_out_a_country_from_all_that_is_published() -> None:
    """Whoever knows all countries from a round that shows them, the tables, the sums and the quotes' countries."""
    every = round_of("IE3 GB3 PH3 JP3")
    outcomes: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for sizes in product(range(5), repeat=5):
        if 6 <= sum(sizes) <= 8:
            places = " ".join(
                f"{place}{size}" for place, size in zip(("IE", "GB", "PH", "JP", "--"), sizes, strict=True)
            )
            record, shown = round_of(places, 12)
            sums = in_all(every, (record, shown))
            said = (shown.participants, shown.continents, shown.countries, shown.continent_count, shown.country_count)
            outcomes[str((*said, sums, sorted(counting.attribution(record, None, 3).countries)))].append(sizes)
    assert len(outcomes) > 50
    for said, possible in outcomes.items():
        for place in range(5):
            values = {sizes[place] for sizes in possible}
            assert len(values) > 1 or not 0 < min(values) < 3, (said, place, possible)


def test_in_all_one_round_has_its_own_numbers() -> None:
    of_round = round_of("JP IN US CA MX AR BR IE GB DE ES")
    both = in_all(of_round)
    assert (both.countries, both.continents) == (of_round[1].country_count, of_round[1].continent_count) == (11, 4)


def test_of_many_hidden_countries_the_number_is_shown_since_nobody_knows_which_they_are() -> None:
    few, many, alike = (round_of(places)[1] for places in (
        "ES6 GB6 DE6 JP IN US", "ES6 GB6 DE6 JP IN US2 CA MX2 AR BR2", "JP IN US CA MX AR BR IE GB DE ES",
    ))  # fmt: skip
    assert (few.country_count, few.continent_count) == (None, None)
    assert (many.country_count, many.continent_count) == (10, 4)
    assert (alike.country_count, alike.countries.cells) == (11, {})
    assert round_of("ES6 GB6 DE6 JP IN US2 CA MX2 AR BR2 --1")[1].country_count is None


def test_participants_in_all_are_not_the_new_ones_if_they_are_hidden() -> None:
    """Those who came from a case are new to the clubs only."""
    case = make_case(
        slug="between", opens=at(2025, 1, 20).date(), contributions=club("x", 1, "g h i j k").contributions
    )
    rounds = (club("one", 1, "a b c d e f"), case, club("two", 2, "a g h i j l m n"))
    public = make_series(*rounds)
    assert public.statistics.rounds[-1].figures.rounds.cells == {"new": 3, "returning": 5}
    picked, counted = statistics.gather(write_series(*rounds), {"one", "between", "two"})
    rows = statistics.rows_of(picked, counted, "urojc", at(2026, 1, 1))
    assert statistics.TABLES["urojc"](rows, "csv").splitlines()[-1] == "In all,–,9,14,1,1"
    assert "participants" not in public.statistics.clubs_in_all


def test_a_person_of_two_countries_is_counted_in_all_as_in_the_rounds() -> None:
    record, _ = round_of("IE4 GB4 US4")
    record += [contribution(20 + n, f"p{n}", OPENS, country=place) for n, place in enumerate(("FR", "BR", "KE"))]
    shown = count_record(record, OPENS)
    found = in_all((record, shown))
    assert (found.countries, found.continents) == (shown.country_count, shown.continent_count) == (3, 2)


def test_everybody_in_all_does_not_say_who_came_to_which_rounds() -> None:
    """Of a club's six returning participants, one was in the other club and five in a case."""
    first, case = round_of("ES20"), round_of("ES20", 20)
    keys = [f"p{number}" for number in range(40)]
    for start, shown in ((15, 35), (19, None), (22, 40)):
        second = round_of("ES20", start, keys)
        if second[1].rounds.other is None:
            clubs = {"0": first[1], "2": second[1]}
            records = {"0": first[0], "1": case[0], "2": second[0]}
            assert together(clubs, records, 3).participants == shown


def test_countries_in_all_do_not_say_how_many_are_in_a_round_of_few() -> None:
    few = round_of("GB BR")
    for many, countries in (("--4", 0), ("GB4 ES4", 2)):
        assert in_all(few, round_of(many, 30)).countries == countries, "those of a round of two people are not counted"
    assert in_all(round_of("GB ES JP"), round_of("GB ES JP")).countries is None, "three countries for three people"


def test_nobody_can_work_out_how_few_of_the_earlier_participants_stayed_away() -> None:
    rounds = club("one", 1, "a b c d e f"), club("two", 2, "a b c d g h i j")
    for only in (None, {"two"}):
        assert counting.of_series(write_series(*rounds), only).rounds["two"].rounds.cells == {}, "two stayed away"
    first = [f"p{number}" for number in range(21)]
    for came, known in ((18, True), (19, False), (20, False), (21, True), (0, True)):
        _, shown = round_of(f"ES{came + 9}", 21 - came, first)
        assert bool(shown.rounds.cells) is known, came
    # Of twenty in a case and twenty in a club, the next club has some, and the club after it nearly all that are left.
    club_one, case = round_of("ES20"), round_of("ES20", 20)
    keys = [f"p{number}" for number in range(40)]
    for start, known in ((1, False), (10, True)):
        club_two = round_of("ES39", start, keys)
        records = {"0": club_one[0], "1": case[0], "2": club_two[0]}
        clubs = {"0": club_one[1], "2": club_two[1]}
        assert (together(clubs, records, 3).participants is not None) is known


def test_tables_of_two_rounds_cannot_be_subtracted() -> None:
    """If everybody of a round was in the only one before, the rest of that one is the difference of their tables."""

    def shown(slug: str, month: int, first: int, last: int) -> object:
        return club(slug, month, " ".join(f"p{number}" for number in range(first, last)))

    for first, last, known in ((0, 12, False), (0, 24, False), (0, 20, True), (10, 30, True), (5, 20, False)):
        counted = counting.of_series(write_series(shown("one", 1, 0, 20), shown("two", 2, first, last)))
        assert bool(counted.rounds["two"].rounds.cells) is known, (first, last)
        alone = counting.of_series(write_series(shown("one", 1, 0, 20), shown("two", 2, first, last)), {"two"})
        assert alone.rounds["two"] == counted.rounds["two"], "whichever cases are asked for"
        assert (counted.clubs.participants is not None) is known
        case = make_case(
            slug="case", opens=at(2025, 1, 20).date(), contributions=club("x", 1, "q r s t u v w x y z").contributions
        )
        counted = counting.of_series(write_series(shown("one", 1, 0, 20), case, shown("two", 2, first, last)))
        assert counted.rounds["two"].rounds.cells, "of two rounds before, each has people who did not come"
        assert (counted.clubs.participants is not None) is known


#: A person by country in the first and in the second of two rounds; None who was not there.
PEOPLE = tuple(
    (country if first else None, country if second else None)
    for country in ("ES", "GB", "JP", "IN", "")
    for first, second in ((True, False), (False, True), (True, True))
)


def of_two_rounds(people: Iterable[tuple[str | None, str | None]]) -> tuple[str, dict[tuple[str, int], int]] | None:
    """All that is published of two rounds, and the numbers that nobody may work out; None if nobody came to one."""
    there: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for number, countries in enumerate(people):
        for here, country in zip(there, countries, strict=True):
            if country is not None:
                here[f"p{number}"] = country
    if not all(there):
        return None
    first, second = there
    records = [[SAID[who, country] for who, country in here.items()] for here in there]
    rounds = [
        count_record(record, OPENS, earlier=earlier)
        for record, earlier in zip(records, (frozenset(), first.keys()), strict=True)
    ]
    found = [(one.participants, one.rounds, one.continents, one.countries, one.country_count) for one in rounds]
    sums = in_all(*zip(records, rounds, strict=True))
    returning = len(first.keys() & second)
    numbers = {("new", 1): len(second) - returning, ("returning", 1): returning, ("away", 1): len(first) - returning}
    for place, here in enumerate(there):
        numbers["nowhere", place] = sum(not country for country in here.values())
        for continent in ("europe", "asia"):
            numbers[continent, place] = sum(counting.CONTINENT.get(country) == continent for country in here.values())
    return str((found, [one.continent_count for one in rounds], sums)), numbers


SAID = {
    (f"p{number}", country): contribution(number, f"p{number}", OPENS, country=country or None)
    for number in range(7)
    for country in ("ES", "GB", "JP", "IN", "")
}


def test_nobody_can_work_out_who_came_to_one_of_two_rounds() -> None:
    """Whoever knows both totals, and what is shown of new and returning participants, finds two numbers at least."""
    outcomes: dict[object, list[dict[str, int]]] = defaultdict(list)
    for away, both, new in product(range(9), repeat=3):
        first = {f"p{number}" for number in range(away + both)}
        second = {f"p{number}" for number in range(away, away + both + new)}
        if 3 <= len(first) <= 8 and 3 <= len(second) <= 8:
            shown = new_and_returning(second, first, 3, is_second=True, is_known=True)
            outcomes[len(first), len(second), str(shown)].append({"away": away, "both": both, "new": new})
    assert len(outcomes) > 50
    for said, possible in outcomes.items():
        for name in ("away", "both", "new"):
            values = {numbers[name] for numbers in possible}
            assert len(values) > 1 or not 0 < min(values) < 3, (name, said)


@pytest.mark.large
def test_nobody_can_work_out_a_small_number_from_two_rounds() -> None:
    """Of all pairs of rounds of up to five people, each number below three could be another one.

    Pairs of six are only there to be compared with.
    """
    outcomes: dict[str, list[tuple[int, dict[tuple[str, int], int]]]] = defaultdict(list)
    for size in range(3, 7):
        for people in combinations_with_replacement(PEOPLE, size):
            if found := of_two_rounds(people):
                outcomes[found[0]].append((size, found[1]))
    assert len(outcomes) > 500
    for said, possible in outcomes.items():
        if min(size for size, _ in possible) < 6:
            for name in possible[0][1]:
                values = {numbers[name] for _, numbers in possible}
                assert len(values) > 1 or not 0 < min(values) < 3, (name, said)


def test_small_numbers_that_stand_alone_are_two_at_least() -> None:
    """With a `small_count` of 2, a 1 that is missing would be known."""
    for number, shown in ((1, None), (2, None), (3, 3)):
        said = [contribution(n, f"p{n}", OPENS) for n in range(number)]
        found = count_record(said, OPENS, small_count=2)
        assert (found.participants, found.contributions, found.least_alone) == (shown, shown, 3)
    said = [contribution(n, f"p{n}", OPENS, role="moderator" if n < 2 else "nurse") for n in range(20)]
    assert count_record(said, OPENS, small_count=2).moderators is None
    hours = [OPENS + timedelta(minutes=30 + 60 * n) for n in range(6)]
    said = [contribution(n, f"p{n}", hour) for n, hour in enumerate(hours)]
    shown = count_record(said, OPENS, small_count=2)
    assert shown.course.cells == {"0-3": 3, "3-6": 3}, "steps of two hours would say that each hour has one"


def test_with_a_small_count_of_two_a_hidden_number_is_not_known() -> None:
    said = tuple(contribution(n, f"p{n}", OPENS, role="nurse" if n < 2 else "resident") for n in range(9))
    for setting, used in ((1, 1), (2, 3), (3, 3), (5, 5)):
        series = write_series(make_case(contributions=said), settings={"small_count": setting})
        (shown,) = counting.of_series(series).rounds.values()
        assert (series.settings.small_count, shown.small_count) == (used, used)
        assert ("nurse" in shown.roles.cells) is (setting == 1)


def test_few_people_do_not_say_how_many_countries_they_come_from() -> None:
    assert round_of("ES2 JP")[1].country_count is None, "two countries of three people have one and two"
    assert round_of("ES4 JP2")[1].country_count == 2


def test_contributions_of_each_participant_do_not_say_what_the_most_active_one_said() -> None:
    for people, known in ((11, False), (12, True)):
        who = [f"p{number}" for number in range(people)] + ["p0"] * 20
        said = [contribution(number, one, OPENS) for number, one in enumerate(who)]
        shown = count_record(said, OPENS)
        assert (shown.posts_each is not None) is known


def test_fractions_of_words_do_not_say_how_many_reposts_are_hidden() -> None:
    said = [contribution(n, f"p{n}", OPENS, text="a b" if n < 20 else "a b c") for n in range(40)]
    for kinds, median in (({}, 2.5), ({0: "reply", 20: "repost", 1: "repost"}, 3)):
        record = [item.model_copy(update={"kind": kinds.get(n, "original")}) for n, item in enumerate(said)]
        shown = count_record(record, OPENS)
        assert shown.words is not None
        assert shown.words.median == median


def test_the_country_of_a_quote_is_hidden_with_that_of_the_table() -> None:
    record, _ = round_of("ES20 JP3 BR")
    by = (QuoteAuthor(role="resident", country=place) for place in ("ES", "JP", "BR"))
    said = tuple(make_quote(f"q{n}", "So.", mode=Mode.ANONYMOUS, by=one) for n, one in enumerate(by))
    case = make_case(contributions=tuple(record), quotes=said)
    assert [quote.country for quote in consent.quotes(case, at(2027, 1, 1).date(), 3)] == ["ES", None, None]


def test_the_role_of_a_quote_is_hidden_with_that_of_the_table() -> None:
    roles = ["resident"] * 12 + ["Nurse"] * 5 + ["pharmacist", "midwife", "midwife"]
    record = [
        contribution(n, f"p{n}", OPENS, role=role, country="ES" if n < 10 else "JP") for n, role in enumerate(roles)
    ]
    by = [
        QuoteAuthor(role=role, country=place)
        for role, place in (("Resident", "ES"), ("resident", "JP"), ("nurse", "JP"), ("midwife", "JP"), ("judge", "JP"))
    ]
    unasked = {"mode": Mode.PARAPHRASE, "consent": Consent(state=ConsentState.NOT_NEEDED)}
    said = tuple(make_quote(f"q{n}", "So.", by=one, **unasked) for n, one in enumerate(by))

    def printed(**changes: object) -> list[tuple[str, str | None]]:
        case = make_case(**({"contributions": tuple(record), "quotes": said} | changes))
        return [(quote.role, quote.country) for quote in consent.quotes(case, at(2027, 1, 1).date(), 3)]

    shown = [("Resident", "ES"), ("resident", None), ("nurse", "JP"), ("", "JP"), ("", "JP")]
    assert printed() == shown, "two residents are from Japan"
    figures_of = count_record(record, OPENS)
    assert printed(contributions=(), figures=figures_of) == [(role, None) for role, _ in shown]
    silent = tuple(item.model_copy(update={"role": ""}) for item in record)
    for given in ({"contributions": silent}, {"contributions": ()}):
        assert [role for role, _ in printed(**given)] == [one.role for one in by], "no table hides any"
    kinds = ["surgical resident", "resident in psychiatry", "Paediatric resident", "nurse", "midwife", "judge"]
    several = [item.model_copy(update={"role": kinds[n % 6], "country": None}) for n, item in enumerate(record[:6])]
    said_by = tuple(
        make_quote(f"r{n}", "So.", by=QuoteAuthor(role=role), **unasked) for n, role in enumerate(("resident", *kinds))
    )
    roles_printed = [role for role, _ in printed(contributions=tuple(several), quotes=said_by)]
    assert roles_printed == ["resident", *[""] * 6], "three are residents, each of another kind"
    assert printed(contributions=tuple(several[:5]), quotes=said_by)[0] == ("", None), "the two others would be known"
    agreed = tuple(make_quote(f"a{n}", "So.", mode=Mode.ANONYMOUS, by=one) for n, one in enumerate(by))
    assert [role for role, _ in printed(quotes=agreed)] == [one.role for one in by], "their authors were asked"


def test_the_number_of_countries_is_hidden_with_the_few_who_gave_none() -> None:
    assert from_places((5, 1, 1, 1, 0), 3).country_count == 4
    assert from_places((5, 4, 0, 0, 4), 3).country_count == 2, "all are shown"
    assert from_places((5, 1, 0, 0, 4), 3).country_count is None, "one is hidden"
    few = from_places((5, 1, 1, 1, 1), 3)
    assert (few.country_count, few.continent_count) == (None, None)
    said = [contribution(n, f"p{n}", at(2025, 1, 6, 12), country=place) for n, place in enumerate(["IE"] * 7 + [None])]
    public = make_series(club("one", 1, "", contributions=tuple(said)), club("two", 2, "a b c d g h i j"))
    together = public.statistics
    assert (together.participants, together.countries, together.continents) == (16, None, None)
    assert together.by_continent.is_hidden


@pytest.mark.parametrize(
    ("metric", "value", "said"),
    [
        ("participants", 2, "participants is 2"),
        ("Participants from Malta", 1, "Participants from Malta is 1"),
        ("Malta", 1, "Malta is 1"),
        ("residents", 2, "residents is 2"),
        ("participantes de Malta", 1, "participantes de Malta is 1"),
        ("posts", 2, "posts is 2"),
        ("new-participants", 11, "new-participants leaves 2 of 13 participants"),
        ("new-participants", 13, ""),
        ("visitors", 2, ""),
        ("views from Malta", 1, ""),
        ("countries", 6, "countries is 6, which the figures of the discussion hide"),
        ("residents", 3, "residents is 3, which the figures of the discussion hide"),
        ("views from the countries", 6, ""),
        ("downloads", 1, ""),
    ],
)
def test_a_typed_number_of_people_is_hidden_as_a_counted_one_is(metric: str, value: int, said: str) -> None:
    typed = Metric.model_validate(
        {"metric": metric, "value": value, "window_hours": 48, "source": "We", "collected": "2026-03-09"}
    )
    case = make_journal_club(
        slug="2026-03-forty", opens=OPENS, contributions=tuple(forty()), metrics=(typed,),
        metrics_origin=Origin("metrics.yml", {(): (1, 1)}, {}),
    )  # fmt: skip
    found = [problem.message for problem in smallfigures.typed(write_series(case))]
    contradicted = list(figures.contradictions(write_series(case)))
    assert found == ([f"{said}, and numbers of fewer than 3 people are hidden"] if said and not contradicted else [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Participants (all)", 999), ("participantes", 999), ("returning participants", 14), ("kalahok", 999),
        ("users", 999), ("replies", 16), ("respuestas", 999), ("reposts", 999), ("original contributions", 999),
        ("Bluesky skeets", 13), ("toots", 6), ("Tweets", 2), ("comments", 999), ("Comentarios", 999),
        ("contributions", 999), ("posts", 999), ("residents", 999), ("المشاركون", 999),
    ],
)  # fmt: skip
def test_a_typed_figure_that_is_wrong_is_reported_whatever_it_is_called(name: str, value: int) -> None:
    metric = Metric.model_validate(
        {"metric": name, "value": value, "window_hours": 1, "source": "We", "collected": "2026-03-09"}
    )
    origin = Origin("metrics.yml", {(): (1, 1)}, {})
    here = make_case(slug="one", opens=OPENS, contributions=tuple(forty()), metrics=(metric,), metrics_origin=origin)
    assert len(list(figures.contradictions(write_series(here)))) == 1
    shown = counting.of_series(write_series(here)).rounds["one"]
    elsewhere = here.model_copy(update={"contributions": (), "figures": shown})
    found = [problem.message for problem in figures.contradictions(write_series(elsewhere))]
    assert [", but figures.yml has" in message for message in found] == [True] * (name != "residents")
    for other in (
        "visitors",
        "invited participants",
        "users who read the paper",
        "participants of the survey",
        "1;DROP users",
    ):
        both = here.model_copy(update={"metrics": (metric.model_copy(update={"metric": other}),)})
        assert not list(figures.contradictions(write_series(both))), other


def test_typed_comments_of_the_first_week_are_hidden_with_those_that_were_counted() -> None:
    typed = Metric(metric="comments", value=20, window_days=7, source="We", collected=OPENS.date())
    origin = Origin("metrics.yml", {(): (1, 1)}, {})
    for days, found in ((7, ["comments is 20, which the figures of the discussion hide"]), (6, [])):
        metric = typed.model_copy(update={"window_days": days})
        case = make_case(opens=OPENS, contributions=tuple(forty()), metrics=(metric,), metrics_origin=origin)
        elsewhere = case.model_copy(update={"contributions": (), "figures": counted_forty(3, ())})
        for each in (case, elsewhere):
            messages = [problem.message.partition(", and")[0] for problem in smallfigures.typed(write_series(each))]
            assert messages == found


def test_a_typed_figure_leaves_no_few_contributions() -> None:
    typed = Metric(metric="Comments", value=36, window_hours=99, source="We", collected=OPENS.date())
    said = [contribution(n, f"p{n % 9}", OPENS, channel="site" if n < 36 else "x") for n in range(38)]
    case = make_case(
        contributions=tuple(said), metrics=(typed,), metrics_origin=Origin("metrics.yml", {(): (1, 1)}, {})
    )
    (problem,) = smallfigures.typed(write_series(case))
    assert problem.message.startswith("Comments leaves 2 of 38 contributions")
    later = case.model_copy(update={"contributions": tuple(one.model_copy(update={"channel": "site"}) for one in said)})
    assert not list(smallfigures.typed(write_series(later))), "nothing but comments leaves nothing else"


@pytest.mark.parametrize(("name", "reported"), [("comments", False), ("posts", False), ("participants", True)])
def test_two_typed_comments_without_a_record_are_nobodys_secret(*, name: str, reported: bool) -> None:
    metric = Metric.model_validate(
        {"metric": name, "value": 2, "window_hours": 48, "source": "We", "collected": "2026-03-09"}
    )
    case = make_case(contributions=(), metrics=(metric,), metrics_origin=Origin("metrics.yml", {(): (1, 1)}, {}))
    assert bool(list(smallfigures.typed(write_series(case)))) is reported


def in_weeks(parts: Iterable[tuple[str, int, int]]) -> Figures:
    """The figures of a record with so many contributions of a channel at an hour."""
    channels_and_hours = [(channel, hour) for channel, hour, number in parts for _ in range(number)]
    record = [
        contribution(number, f"p{number}", OPENS + timedelta(hours=hour), channel=channel)
        for number, (channel, hour) in enumerate(channels_and_hours)
    ]
    return count_record(record, OPENS)


def test_comments_and_posts_of_the_first_week_give_no_small_number_away() -> None:
    """Whoever knows the rule and all other figures finds two records at least for each small number."""
    outcomes: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for sizes in product(range(10), repeat=4):
        if 6 <= sum(sizes) <= 9:
            places = (("site", 5), ("site", 200), ("bluesky", 5), ("bluesky", 200))
            shown = in_weeks((*place, size) for place, size in zip(places, sizes, strict=True))
            said = (shown.contributions, shown.media, shown.channels, shown.first_comments, shown.first_posts)
            outcomes[str((*said, shown.course))].append(sizes)
    for possible in outcomes.values():
        for place in range(4):
            values = {sizes[place] for sizes in possible}
            assert len(values) > 1 or not 0 < min(values) < 3, possible


def test_the_first_week_is_hidden_with_a_small_part_of_the_course() -> None:
    assert in_weeks([("site", 5, 9), ("site", 200, 9)]).first_comments == 9
    assert in_weeks([("site", 5, 9), ("site", 200, 9), ("bluesky", 5, 4)]).first_posts == 4
    hidden = in_weeks([("site", 5, 20), ("site", 30, 3), ("site", 200, 2)])  # 23 would leave 3 of 5 and 2 for later
    assert (hidden.course.other, hidden.first_comments) == (5, None)


def test_the_longest_chain_does_not_say_how_many_replies_there_are() -> None:
    record = [contribution(number, f"p{number}", OPENS) for number in range(9)]
    chain = [
        contribution(9 + number, f"q{number}", OPENS, kind="reply", in_reply_to=f"c{8 + number}") for number in range(3)
    ]
    for replies, depth in ((2, None), (3, 3)):
        shown = count_record([*record, *chain[:replies]], OPENS)
        assert shown.depth == depth


def test_a_part_is_not_given_away_by_its_group() -> None:
    small = 3
    for sizes in product((0, 1, 2, 3, 5), repeat=4):
        groups = {"a": {"a1": sizes[0], "a2": sizes[1]}, "b": {"b1": sizes[2], "b2": sizes[3]}}
        outer, inner = nested(groups, small)
        for name, number in outer.cells.items():
            rest = number - sum(inner.cells.get(part, 0) for part in groups[name])
            assert rest == 0 or rest >= small
        assert all(number >= small for number in (*outer.cells.values(), *inner.cells.values()))


def test_spam_and_what_was_taken_back_are_in_no_count() -> None:
    record = forty()
    record[0] = record[0].model_copy(update={"spam": True})
    record[1] = record[1].model_copy(update={"withdrawn": at(2026, 4, 1).date(), "text": ""})
    shown = count_record(record, OPENS, small_count=1)
    assert (shown.contributions, shown.spam, shown.authors_took_part) == (38, 1, None)
    assert shown.kinds.cells == {"original": 21, "reply": 14, "repost": 3}


@pytest.mark.parametrize(
    ("role", "took"),
    [
        ("one of the authors", True), ("First author", True), ("autora del artículo", True), ("coautoras", True),
        ("isa sa mga may-akda", True), ("أحد مؤلفي الدراسة", True), ("مؤلِّفة الورقة", True), ("coautora, médica", True),
        ("resident", False), ("Enfermera", False), ("ممرضة", False), ("co-author of a textbook", False),
        ("not an author", False), ("a friend of the authors", None), ("auteure de l'article", None), ("lékařka", None),
    ],
)  # fmt: skip
def test_authors_of_the_paper_are_recognised_and_nothing_is_said_of_unknown_words(
    role: str, *, took: bool | None
) -> None:
    record = [contribution(number, f"p{number}", OPENS, role=role) for number in range(3)]
    assert count_record(record, OPENS, small_count=1, has_paper=True).authors_took_part is took


@pytest.mark.parametrize(
    ("role", "share"),
    [
        ("Moderadora", 50),
        ("المشرفة", 50),
        ("co-moderator", 50),
        ("nars", 0),
        ("not a moderator", 0),
        ("ordstyrer", None),
    ],
)
def test_moderators_are_recognised_and_no_share_of_none_is_said_of_unknown_words(role: str, share: int | None) -> None:
    record = [contribution(number, f"p{number}", OPENS, role=role if number % 2 else "") for number in range(4)]
    assert count_record(record, OPENS, small_count=1).moderators == share


@pytest.mark.parametrize(
    ("spellings", "row", "is_post"),
    [
        (("Bluesky", "bluesky", " Bluesky "), "Bluesky", True),
        (("x", "X (Twitter)", "Twitter/X", "twitter"), "x", True),
        (("twitter", "Twitter"), "twitter", True),
        (("Telegram", "TELEGRAM"), "Telegram", True),
        (("Koo",), "Koo", True),
        (("Comments on the site", "comments on  the site"), "Comments on the site", False),
        (("site",), "site", False),
        (("Email", "email"), "Email", False),
        (("github",), "github", False),
        (("YouTube comments",), "YouTube comments", True),
    ],
)
def test_a_channel_in_several_spellings_is_one_row(spellings: tuple[str, ...], row: str, *, is_post: bool) -> None:
    record = [
        contribution(number, f"p{number}", OPENS, channel=name, role=("Nurse", " NURSE", "nurse ")[number % 3])
        for number, name in enumerate(spellings * 3)
    ]
    shown = count_record(record, OPENS)
    assert shown.channels.cells == {row: len(record)}
    assert shown.media.cells == {"posts" if is_post else "comments": len(record)}
    assert {name.casefold().strip() for name in shown.roles.cells} == {"nurse"}


def test_numbers_are_written_in_full_in_every_format() -> None:
    given = {"metric": "impressions", "value": 1234567, "window_days": 7, "source": "X", "collected": "2026-03-20"}
    shown = gathering.CaseFigures(
        "one", OPENS, is_paper=False, is_counted=False, figures=None, metrics=(Metric.model_validate(given),)
    )
    assert "1,234,567" in figureformats.text([shown])
    assert ",1234567," in figureformats.as_csv([shown])
    rows = [journaltables.Row("one", {"page-views": 1999.5})]
    assert "2,000 (2,000–2,000) page views" in journaltables.medic(rows, "text")
    assert journaltables.medic(rows, "csv").splitlines()[-1] == "page views,2000,2000–2000,1"
    record = [contribution(number, f"p{number}", OPENS, role="moderator" if number == 0 else "") for number in range(8)]
    assert count_record(record, OPENS, small_count=1).moderators == 13


def test_a_ring_of_replies_ends() -> None:
    ring = [contribution(one, "ana", OPENS, in_reply_to=f"c{(one + 1) % 3}") for one in range(3)]
    shown = count_record(ring, OPENS, small_count=1)
    assert shown.depth is not None
    assert shown.depth <= 3


def test_who_took_part_before_is_returning_unless_the_key_is_another() -> None:
    def case(slug: str, day: int, people: str, key: str = "") -> object:
        contributions = tuple(
            contribution(number, who, at(2025, 6, day, 12), key_id=key) for number, who in enumerate(people.split())
        )
        return make_case(slug=slug, opens=at(2025, 6, day).date(), contributions=contributions)

    rounds = (case("one", 1, "a b c"), case("two", 8, "a b d e f"), case("three", 15, "a g"))
    counted = counting.of_series(write_series(*rounds, settings={"small_count": 1}))
    assert [dict(one.rounds.cells) for one in counted.rounds.values()] == [
        {"new": 3}, {"new": 3, "returning": 2}, {"new": 1, "returning": 1},
    ]  # fmt: skip
    assert counted.together.participants == 7
    other = (*rounds[:2], case("three", 15, "x y", key="another"))
    counted = counting.of_series(write_series(*other, settings={"small_count": 1}))
    assert counted.rounds["two"].rounds.cells == {"new": 3, "returning": 2}
    assert counted.rounds["three"].rounds_unknown == "another-key"
    assert counted.together.participants is None


def club(slug: str, month: int, people: str, **changes: object) -> object:
    """A journal club in which each of these people said one thing."""
    contributions = tuple(
        contribution(n, who, at(2025, month, 6, 12), country="IE") for n, who in enumerate(people.split())
    )
    dates = {"opens": at(2025, month, 6, 7), "closes": at(2025, month, 8, 7), "releases": at(2025, month, 15, 7)}
    return make_journal_club(
        **({"slug": slug, "title": slug.title(), "contributions": contributions, **dates} | changes)
    )


def test_a_withdrawal_shows_nobody_who_came_back() -> None:
    rounds = club("one", 1, "a b c d e f k"), club("two", 2, "a b c f g h i j")
    before = counting.of_series(write_series(*rounds)).rounds["two"]
    said = list(rounds[0].contributions)
    for place in (3, 5):  # "f" came back, and "d" did not
        taken_back = said[place].model_copy(update={"withdrawn": said[place].posted.date(), "text": ""})
        first = club("one", 1, "", contributions=(*said[:place], taken_back, *said[place + 1 :]))
        counted = counting.of_series(write_series(first, rounds[1]))
        assert (counted.rounds["two"], counted.clubs.participants) == (before, 10)
    gone = write_series(rounds[0], club("two", 2, "a b c f g h i j", status=Status.WITHDRAWN))
    picked, together = statistics.gather(gone, {"one", "two"})
    assert ([case.slug for case in picked], together.participants) == (["one"], 7)


def test_clubs_are_added_up_on_the_page_as_in_the_table_of_the_paper() -> None:
    rounds = (club("one", 1, "a b c d e f k"), club("two", 2, "a b c d g h i j"), make_case(contributions=()))
    public = make_series(*rounds)
    assert dict(public.statistics.clubs_in_all) == {
        "posts": 15, "new-participants": 11, "participants": 11, "countries": 1, "continents": 1,
    }  # fmt: skip
    page = next(page.text for page in pages.render(public, ()) if page.path == "statistics/index.md")
    cells = "".join(f"<td>{number}</td>" for number in (11, 11, 15, 1, 1))
    assert f'<tfoot><tr><th scope="row">In all</th>{cells}</tr></tfoot>' in page
    series = write_series(*rounds)
    picked, together = statistics.gather(series, {"one", "two"})
    rows = statistics.rows_of(picked, together, "urojc", at(2026, 1, 1))
    assert statistics.TABLES["urojc"](rows, "csv").splitlines()[-1] == "In all,11,11,15,1,1"
    picked, together = statistics.gather(series, {"two"})
    rows = statistics.rows_of(picked, together, "urojc", at(2026, 1, 1))
    assert statistics.TABLES["urojc"](rows, "csv").splitlines()[-1] == "In all,8,4,8,1,1"


def test_everybody_in_all_is_hidden_with_the_new_ones_of_one_round() -> None:
    """Twelve in all and nine before would say that three, two and one are new."""
    public = make_series(club("one", 1, "a b c d e f"), club("two", 2, "a b c d e f g"))
    assert public.statistics.rounds[1].figures.rounds.cells == {}
    assert public.statistics.participants is None
    assert "participants" not in public.statistics.clubs_in_all
    page = next(page.text for page in pages.render(public, ()) if page.path == "statistics/index.md")
    assert '<th scope="row">In all</th><td>–</td><td>–</td><td>13</td>' in page
    record = json.loads(next(file.read() for file in seriesjson.render(public) if file.path == "series.json"))
    assert record["participants"] is None


def test_a_page_counts_countries_only_if_somebody_gave_one() -> None:
    silent = tuple(contribution(number, f"p{number}", at(2025, 6, 6, 12)) for number in range(6))
    for said, seen in (("", False), ("a b c d e f", True)):
        public = make_series(club("one", 1, said) if said else make_case(contributions=silent))
        page = next(page.text for page in pages.render(public, ()) if page.path == "statistics/index.md")
        assert ("Countries" in page.partition("<table")[0]) is seen


def test_without_a_record_that_was_counted_elsewhere_nobody_is_added_up() -> None:
    counted = counting.of_series(write_series(club("one", 1, "a b c d e f"))).rounds["one"]
    public = make_series(club("one", 1, "", figures=counted), club("two", 2, "a b c d g h i j"))
    assert public.statistics.participants is None
    assert public.statistics.clubs_in_all == {"posts": 14}
    assert public.statistics.rounds[1].figures.rounds_unknown == "record-elsewhere"
    both = counting.of_series(write_series(club("one", 1, "a b c d e f"), club("two", 2, "a b c d g h i j"))).rounds
    for said, kept in (("a b c d g h i j", True), ("a b c d g h i j k", False)):
        part = write_series(club("one", 1, "", figures=counted), club("two", 2, said, figures=both["two"]))
        here = counting.of_series(part).rounds["two"]
        assert (here == both["two"], here.rounds_unknown) == (kept, "" if kept else "record-elsewhere")
        assert bool([*figures.written(part)]) is not kept, "what this computer cannot count is not called wrong"


@pytest.mark.parametrize(
    ("metric", "value", "given", "found"),
    [
        ("countries", 1, {}, []),
        ("countries", 0, {}, ["countries is 0, but the record of the discussion has 1 country"]),
        ("countries", 3, {}, ["countries is 3, but the record of the discussion has 1 country"]),
        ("continents", 2, {}, ["continents is 2, but the record of the discussion has 1 continent"]),
        ("countries", 3, {"tool": "GoatCounter"}, []),
    ],
)
def test_typed_places_of_a_club_are_compared_with_its_record(
    metric: str, value: int, given: dict[str, object], found: list[str]
) -> None:
    typed = Metric.model_validate(
        {"metric": metric, "value": value, "window_hours": 48, "source": "We", "collected": "2025-02-01", **given}
    )
    origin = Origin("metrics.yml", {(): (1, 1)}, {})
    series = write_series(club("one", 1, "a b c", metrics=(typed,), metrics_origin=origin))
    assert [problem.message for problem in figures.contradictions(series)] == found
    silent = club("one", 1, "a b c", metrics=(typed,), metrics_origin=origin)
    unsaid = tuple(item.model_copy(update={"country": None}) for item in silent.contributions[1:])
    silent = silent.model_copy(update={"contributions": (silent.contributions[0], *unsaid)})
    least = [line for line in found if value == 0]
    assert [problem.message for problem in figures.contradictions(write_series(silent))] == least, (
        "others may be from anywhere"
    )


def test_a_month_counts_the_countries_of_participants_only() -> None:
    """Neither those of the page's visitors, nor typed ones that undo what the record hides."""

    def typed(value: int, **changes: object) -> Metric:
        fields = {"metric": "countries", "value": value, "window_hours": 48, "source": "We", "collected": "2025-02-01"}
        return Metric.model_validate(fields | changes)

    own, later = typed(5), typed(7, window_hours=72, source="They")
    by_tool, beside_views = typed(54, tool="Matomo"), typed(54, source="Web")
    views = typed(900, metric="page-views", source="Web")
    for metrics, seen in (((by_tool, views, beside_views), {}), ((later, own, by_tool), {"countries": 7})):
        assert month(club("one", 1, "", metrics=metrics)) == seen
    said = tuple(contribution(n, f"p{n}", OPENS, country="IE" if n else None) for n in range(9))
    hidden = count_record(said, OPENS, has_paper=True)
    assert "countries" not in month(club("one", 1, "", figures=hidden, metrics=(own,)))


def test_each_country_is_on_one_continent() -> None:
    from casebuilder.model import COUNTRIES

    assert counting.CONTINENT.keys() >= COUNTRIES.keys()
    assert set(counting.CONTINENT.values()) == set(counting.CONTINENTS)


def run(*arguments: str | Path) -> str:
    """What the command prints."""
    result = CliRunner().invoke(main, [*map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_stats_writes_figures_that_a_build_without_the_record_prints(tmp_path: Path) -> None:
    from casebuilder import pipeline, published

    root = zoo_keeper.lay_out("_sound", tmp_path)
    record = root / "commentary/2026-03-late-handover/discussion.jsonl"
    assert "Contributions                                3" in run("stats", "--series", root)
    run("stats", "--write", "--series", root)
    text = record.with_name("figures.yml").read_text(encoding="utf-8")
    assert "supper" not in text
    assert "Holm" not in text
    assert "1111111111111111" not in text
    assert pipeline.read(root).problems == ()
    counted = counting.of_series(pipeline.read(root).series).rounds["2026-03-late-handover"]
    record.unlink()
    series = pipeline.read(root).series
    assert series.cases[0].figures == counted
    public = published.publish(series, at(2026, 6, 1))
    case = public.case("2026-03-late-handover")
    assert case is not None
    assert case.figures == counted
    assert "figures.yml" in run("stats", "--series", root)


#: Invented numbers of six cases, with the median and the quartiles that Chan et al. report.
MEDIC = """case,Page views,Unique visitors,cities,countries,comments,posts
one,500,400,200,30,20,35
two,560,470,206,31,22,39
three,856,662,254,35,30,43
four,866,872,398,55,30,61
five,1197,980,407,48,42,55
six,1300,1100,500,60,50,70
"""


def test_the_table_of_medic_is_in_the_form_of_the_paper(tmp_path: Path) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text(MEDIC, encoding="utf-8")
    printed = run("stats", "--table", "medic", "--from", file)
    assert printed.startswith("861 (634–1,114) page views; 767 (518–953) unique visitors; ")
    assert "type 7" in printed
    assert run("stats", "--table", "medic", "--from", file, "--format", "csv").splitlines()[1] == (
        "page views,861,634–1114,6"
    )


def test_the_table_of_urojc_has_a_row_a_month_and_one_of_all(tmp_path: Path) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text(
        "month,users,new users,tweets,countries,continents\nNov 2012,30,30,195,9,4\nDec 2012,41,19,210,11,5\n"
        "In all,,,,19,6\n",
        encoding="utf-8",
    )
    lines = run("stats", "--table", "urojc", "--from", file).splitlines()
    assert [cell.strip() for cell in lines[0].strip("|").split("|")] == [
        "Month", "Participants", "New participants", "Posts", "Countries", "Continents",
    ]  # fmt: skip
    assert [cell.strip() for cell in lines[4].strip("|").split("|")] == ["In all", "49", "49", "405", "19", "6"]


@pytest.mark.parametrize("text", ["", "case\n", "case,posts\none,many\n", "case,posts\none,-3\n"])
def test_a_file_without_numbers_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["stats", "--table", "medic", "--from", str(file)])
    assert result.exit_code == 2
    assert "numbers.csv" in result.output


def test_a_cell_is_no_formula(tmp_path: Path) -> None:
    root = zoo_keeper.lay_out("_sound", tmp_path)
    metrics = root / "commentary/2026-03-late-handover/metrics.yml"
    metrics.write_text(metrics.read_text(encoding="utf-8").replace("Invented", '"=Invented"'), encoding="utf-8")
    assert ",=Inv" not in run("stats", "--format", "csv", "--series", root)


@pytest.mark.parametrize("words", ["=cmd|x", "+1+cmd", "-2", "@SUM(1)", "\N{FULLWIDTH EQUALS SIGN}cmd|x", "\t=cmd"])
def test_the_label_of_a_row_is_no_formula(words: str) -> None:
    rows = (statistics.Row(words, {"participants": 3}),)
    assert statistics.TABLES["urojc"](rows, "csv").splitlines()[1].startswith(f"'{words}")
    assert words in statistics.TABLES["urojc"](rows, "text")


def test_rows_of_one_case_are_its_numbers() -> None:
    rows = statistics.read_rows('case,views\none,"1,204"\n')
    assert rows[0].values == {"page-views": 1204}


def public_series(*, as_of: datetime | None = None) -> PublishedSeries:
    """A series with the record of forty in a released journal club."""
    club = make_journal_club(slug="2026-03-forty", opens=OPENS, contributions=tuple(forty()))
    return make_series(club, as_of=as_of)


def test_pages_and_packs_and_data_show_the_same_figures() -> None:
    public = public_series()
    texts = {page.path: page.text for page in pages.render(public)}
    page, statistics_page = texts["cases/2026-03-forty/index.md"], texts["statistics/index.md"]
    assert "<dt>Contributions</dt><dd>40</dd>" in page
    assert "<dt>Participants</dt><dd>13</dd>" in page
    assert '<th scope="row">Asia</th><td><span class="cb-bar-value">4</span>' in page
    assert "Oceania" not in page
    assert "<td>40</td><td>13</td><td>13</td><td>0</td>" in statistics_page
    files = {file.path: file.read() for file in seriesjson.render(public)}
    value = json.loads(files["series.json"])
    assert value["cases"][0]["figures"] == json.loads(counted_forty(3, ()).model_dump_json())
    schema = json.loads(files["schema/series.json"])
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(value)) == []


def test_no_figure_is_in_an_output_before_the_release() -> None:
    club = make_journal_club(
        slug="2026-03-forty", opens=OPENS, closes=None, releases=None, contributions=tuple(forty())
    )
    public = publish(write_series(club), OPENS + timedelta(hours=3))
    assert public.cases[0].figures is None
    assert public.statistics.rounds == ()
    assert all("Participation" not in page.text for page in pages.render(public))
    assert all(page.path != "statistics/index.md" for page in pages.render(public))


@pytest.mark.parametrize(
    ("small", "sentence"),
    [
        (1, "Counted from the record of the discussion."),
        (3, "Counted from the record of the discussion. Numbers of fewer than 3 people are not shown."),
    ],
)
def test_pages_say_which_numbers_are_hidden_only_where_some_may_be(small: int, sentence: str) -> None:
    assert wording_figures.how_counted(Translator("en", ZONE), counted_forty(small)) == sentence
