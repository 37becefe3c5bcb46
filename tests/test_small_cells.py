"""Small cells of published figures: everybody who knows the rules tries all records, and is left with no small number.

Contributions are cells of the people who made them: four posts of one person are as small as one.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import combinations_with_replacement, permutations, product
from random import Random
from typing import TYPE_CHECKING

import pytest

from casebuilder.model import Contribution, Figures, counting
from casebuilder.model.counting.firstweek import first_week
from casebuilder.model.counting.newcomers import Newcomers, tables
from casebuilder.model.counting.suppression import breakdown, breakdown_of_said, nested_of_said
from cputime import at_most
from series_factory import ZONE, count_record, make_case, make_journal_club, write_series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

OPENS = datetime(2026, 3, 2, 7, tzinfo=ZONE)


def contribution(number: int, who: str, hour: float = 0, **changes: object) -> Contribution:
    """A contribution of a record."""
    fields = {"id": f"c{number}", "channel": "site", "author": who, "author_key": who, "text": "So."}
    return Contribution.model_validate(fields | {"posted": OPENS + timedelta(hours=hour)} | changes)


def counted(record: Iterable[Contribution], small_count: int = 3) -> Figures:
    """The figures of a record."""
    return count_record([*record], OPENS, small_count=small_count)


def assert_nothing_is_small(outcomes: Mapping[object, list[dict[str, int]]], small: int) -> None:
    """Of each outcome, each number that is small has another possible value."""
    for said, possible in outcomes.items():
        for name in possible[0]:
            values = {numbers[name] for numbers in possible}
            assert len(values) > 1 or not 0 < min(values) < small, (said, name, possible[:3])


# --- channels, questions, hours, roles: the parts of one number


#: What somebody says in three channels: up to three posts.
SAID = [said for said in product(range(4), repeat=3) if 1 <= sum(said) <= 3]


def by_part(people: Iterable[tuple[int, ...]]) -> dict[str, list[str]]:
    """The author keys of each channel."""
    parts: dict[str, list[str]] = {"a": [], "b": [], "c": []}
    for number, posts in enumerate(people):
        for part, times in zip(parts.values(), posts, strict=True):
            part.extend([f"p{number}"] * times)
    return parts


@pytest.mark.parametrize(
    ("small", "most"), [(3, 5), *(pytest.param(*each, marks=pytest.mark.large) for each in ((3, 6), (4, 7), (5, 6)))]
)
def test_nobody_can_work_out_what_few_people_said_in_a_channel(small: int, most: int) -> None:
    """Of all records of so many people who say up to two posts more: what a channel of few people has, and how many."""
    outcomes: dict[object, list[tuple[dict[str, int], dict[str, int | None]]]] = defaultdict(list)
    for size in range(max(small, 3), most + 1):
        for people in combinations_with_replacement(SAID, size):
            if sum(map(sum, people)) > size + 2:
                continue  # somebody may have said more than three
            parts = by_part(people)
            shown = breakdown_of_said(parts, small)
            assert all(len(set(parts[name])) >= small for name in shown.cells)
            hidden = {key for name, keys in parts.items() if name not in shown.cells for key in keys}
            assert not shown.other or len(hidden) >= small
            people_in = {name: len(set(keys)) for name, keys in parts.items()}
            posts = {name: len(keys) if people_in[name] < small else None for name, keys in parts.items()}
            outcomes[size, sum(map(len, parts.values())), str(shown)].append((people_in, posts))
    assert len(outcomes) > 20
    for said, possible in outcomes.items():
        for name in "abc":
            values = {people_in[name] for people_in, _ in possible}
            assert len(values) > 1 or not 0 < min(values) < small, (said, possible[:3])
            of_few = {posts[name] for _, posts in possible}
            assert len(of_few) > 1 or of_few <= {0, None}, (said, possible[:3])


@pytest.mark.parametrize("small", [2, 3, 4, 5])
def test_hidden_parts_can_change_places(small: int) -> None:
    """Whatever is hidden may be any of the hidden parts: with their names exchanged, the table is the same."""
    random = Random(small)  # noqa: S311 - the same numbers each time, and no secret
    for _ in range(150):
        parts = {
            name: [f"p{random.randrange(4 * small)}" for _ in range(random.choice((0, 1, 2, small, 3 * small)))]
            for name in "abcd"
        }
        sizes = {name: len(keys) for name, keys in parts.items()}
        for shown, rule, given in (
            (breakdown_of_said(parts, small), breakdown_of_said, parts),
            (breakdown(sizes, small), breakdown, sizes),
        ):
            hidden = [name for name in parts if sizes[name] and name not in shown.cells]
            numbers = [sizes[name] for name in hidden]
            assert not numbers or len({*numbers}) > 1 or not shown.cells, "the number of a part is known"
            for order in [*permutations(hidden)][:6]:
                exchanged = {**given, **{new: given[old] for old, new in zip(hidden, order, strict=True)}}
                assert rule(exchanged, small) == shown


def test_four_posts_of_one_person_are_a_small_cell_in_every_table() -> None:
    many = [
        contribution(n, f"p{n % 9}", n % 3, channel="bluesky", question="q1" if n % 2 else "q2", kind="original")
        for n in range(36)
    ]
    one = [
        contribution(40 + n, "ann", 50, channel="mastodon", question="q3", kind="reply", in_reply_to="c0", role="nurse")
        for n in range(4)
    ]
    alone, shown = counted(many), counted([*many, *one])
    for figures, number in ((alone, 36), (shown, 40)):
        assert (figures.contributions, figures.participants) == (number, number // 4)
    assert alone.channels.cells == {"bluesky": 36}
    assert "mastodon" not in shown.channels.cells
    assert shown.questions.cells == {}, "of two equal parts both are hidden, or the third would be known"
    assert "reply" not in shown.kinds.cells
    assert "48-72" not in shown.course.cells
    assert shown.depth is None, "it would say that somebody replied"
    assert counted([*many, *one], 1).channels.cells == {"bluesky": 36, "mastodon": 4}
    three = [item.model_copy(update={"author_key": f"n{n % 3}"}) for n, item in enumerate(one)]
    assert counted([*many, *three]).channels.cells == {"bluesky": 36, "mastodon": 4}


def test_two_people_who_say_much_are_in_no_figure() -> None:
    shown = counted(contribution(n, f"p{n % 2}", n, channel="x") for n in range(30))
    assert (shown.contributions, shown.participants, shown.moderators) == (None, None, None)
    tables_shown = (shown.kinds, shown.media, shown.channels, shown.questions, shown.course)
    assert all(not table.cells and table.other is None for table in tables_shown)


def test_a_moderator_is_named_on_the_page_so_their_share_is_shown_and_that_of_few_others_is_not() -> None:
    for others, share in ((2, None), (3, 25)):
        said = [contribution(n, f"p{n % others}") for n in range(12)]
        moderator = [contribution(20 + n, "mod", role="moderator") for n in range(4)]
        assert counted([*said, *moderator]).moderators == share


@pytest.mark.parametrize(
    ("people", "posts", "channels", "hours"),
    [(40, 200, {"x": 9, "site": 1}, 48), (80, 500, {"x": 8, "bluesky": 2}, 25), (25, 70, {"site": 5, "x": 5}, 168)],
)
def test_a_club_as_they_are_keeps_its_figures(people: int, posts: int, channels: dict[str, int], hours: int) -> None:
    """As #urojc and NephJC report them: a few who post much, many who post once, nine tenths in one channel."""
    random = Random(7)  # noqa: S311 - the same numbers each time, and no secret
    who = [*range(people), *random.choices(range(people), [1 / (n + 1) for n in range(people)], k=posts - people)]
    home = random.choices([*channels], [*channels.values()], k=people)
    shown = counted(
        contribution(
            number,
            f"p{person}",
            min(random.expovariate(3 / hours), hours - 1),
            channel=home[person],
            question=random.choice(("q1", "q2", "q3")),
        )
        for number, person in enumerate(who)
    )
    for table in (shown.media, shown.channels, shown.questions):
        assert sum(table.cells.values()) == posts
    assert sum(shown.course.cells.values()) > 0.9 * posts
    assert shown.first_posts is not None


def test_a_channel_of_few_is_not_given_away_by_its_medium() -> None:
    random = Random(3)  # noqa: S311 - the same numbers each time, and no secret
    for _ in range(200):
        groups = {
            medium: {
                f"{medium}{n}": [f"p{random.randrange(9)}" for _ in range(random.choice((0, 1, 9)))] for n in range(3)
            }
            for medium in "ab"
        }
        outer, inner = nested_of_said(groups, 3)
        for medium in outer.cells:
            hidden = [key for part, keys in groups[medium].items() if part not in inner.cells for key in keys]
            assert not hidden or len({*hidden}) >= 3


def test_the_first_week_is_hidden_with_what_few_people_said_in_it() -> None:
    many, few = ["a", "b", "c", "d"], ["a", "b"]
    shown = {"comments": {"first": many, "later": many}, "posts": {"first": many * 2, "later": many}}
    assert first_week(shown, {}, 3) == {"comments": 4, "posts": 8}
    assert first_week(shown, {"later": few * 9}, 3) == {}, "later, the course hides what two people said"
    assert first_week(shown | {"posts": {"first": many, "later": few * 9}}, {}, 3) == {}


# --- three rounds: who came to which


def venns(most: int, least: int) -> Iterator[tuple[int, ...]]:
    """All ways in which people came to three rounds of at least and at most so many: who came to one, two and all."""
    for all_, first, second, third in product(range(most + 1), repeat=4):
        if all_ + max(first + second, first + third, second + third) <= most:
            alone = [range(max(0, least - at), most + 1 - at) for at in (
                all_ + first + second, all_ + first + third, all_ + second + third
            )]  # fmt: skip
            yield from ((all_, first, second, third, *each) for each in product(*alone))


@pytest.mark.parametrize(
    ("most", "small"), [(5, 3), *(pytest.param(*each, marks=pytest.mark.large) for each in ((8, 3), (9, 4)))]
)
def test_nobody_can_work_out_who_came_to_which_of_three_rounds(most: int, small: int) -> None:
    """Of all series of three rounds of up to so many people: new, returning and absent people, and who came to two.

    So many who return to the third round would say how many were new in the second one, which hides it.
    """
    outcomes: dict[object, list[dict[str, int]]] = defaultdict(list)
    known: dict[tuple[int, ...], object] = {}
    for all_, ab, ac, bc, a, b, c in venns(most, small):
        sizes = (a + ab + ac + all_, b + ab + bc + all_, c + ac + bc + all_)
        new = (sizes[0], b + bc, c)
        if (*sizes, *new) not in known:
            shown = tables([Newcomers(*each) for each in zip(sizes, new, strict=True)], small)
            known[*sizes, *new] = (str(shown.rounds), sum(new) if shown.is_sum_open else None)
        outcomes[sizes, known[*sizes, *new]].append({
            "new in 2": b + bc, "returning to 2": ab + all_, "absent from 2": a + ac,
            "new in 3": c, "returning to 3": ac + bc + all_, "absent from 3": a + b + ab,
            "in 1 and 3": ac + all_, "in 2 and 3": bc + all_,
        })  # fmt: skip
    assert any(everybody for _, (_, everybody) in outcomes)
    assert_nothing_is_small(outcomes, small)


def test_everybody_in_all_is_shown_where_two_rounds_hide_their_new_ones() -> None:
    """One hidden number would follow from the sum; of two, only the sum does."""
    first, few_return = Newcomers(20, 20), Newcomers(18, 16)
    assert tables([first, few_return], 3).is_sum_open is False
    assert tables([first, few_return, Newcomers(12, 2)], 3).is_sum_open is True
    assert tables([first, Newcomers(18, 17), Newcomers(12, 1)], 3).is_sum_open is True, "the same sum"
    assert tables([first, Newcomers(18, 17), Newcomers(12, 11)], 3).is_sum_open is False, "28 are 17 and 11"


def test_ten_years_of_rounds_are_counted_at_once_and_few_of_them_hide_their_new_ones() -> None:
    """Of 120 rounds, one in ten of few people: all possibilities of all of them would be millions."""
    random, before, rounds = Random(1), set[int](), []  # noqa: S311 - the same numbers each time, and no secret
    for _ in range(120):
        size = random.randint(5, 60) if random.random() < 0.9 else random.randint(1, 4)
        people = set(random.sample(range(180), size))
        rounds.append(Newcomers(size, len(people - before)))
        before |= people
    with at_most(1):
        hidden = [not each.cells for each in tables(rounds, 3).rounds]
    assert sum(hidden) < 20


@pytest.mark.parametrize(
    ("kind", "record", "twin"),
    [
        (
            make_journal_club,
            {"..,..,NG": 4, "KE,KE,..": 10, "..,..,KR": 2, "..,JP,JP": 2},
            {"..,..,NG": 4, "KE,KE,..": 1, "KE,..,..": 9, "..,JP,..": 10, "..,JP,JP": 1, "..,..,JP": 1, "..,..,KR": 2},
        ),
        (
            make_case,
            {"..,..,GB": 1, "--,..,--": 1, "..,ES,ES": 3, "..,..,ES": 6, "BR,BR,BR": 6, "ES,..,..": 1, "ES,ES,ES": 2},
            {"..,..,GB": 1, "..,..,ES": 5, "..,ES,ES": 2, "..,..,--": 1, "BR,BR,GB": 1, "BR,BR,BR": 5, "ES,ES,ES": 3,
             "IN,..,--": 1},
        ),
    ],
)  # fmt: skip
def test_two_records_that_a_search_called_telling_have_twins(
    kind: type, record: dict[str, int], twin: dict[str, int]
) -> None:
    """Two of them came to two rounds, or gave no country, in the first record, and another number in the second."""
    shown = []
    for people in (record, twin):
        rounds: list[list[Contribution]] = [[], [], []]
        for number, places in enumerate(places for places, times in people.items() for _ in range(times)):
            for said, place in zip(rounds, places.split(","), strict=True):
                if place != "..":
                    said.append(contribution(number, f"p{number}", country=None if place == "--" else place))
        cases = [
            kind(slug=f"case-{at}", opens=OPENS.replace(month=3 + at), contributions=tuple(said))
            for at, said in enumerate(rounds)
        ]
        found = counting.of_series(write_series(*cases))
        shown.append(([(each.participants, each.rounds, each.continents, each.countries, each.country_count)
                       for each in found.rounds.values()], found.together, found.clubs))  # fmt: skip
    assert shown[0] == shown[1]
