"""Suggestions for curators: groups, replies, what is in no theme, and opposites."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import zoo_keeper
from casebuilder.editorial.curation import suggestions, suggestions_groups
from casebuilder.editorial.curation.suggestions_groups import Group
from casebuilder.editorial.curation.suggestions_opposites import opposites
from casebuilder.editorial.curation.suggestions_words import subjects, words_of
from casebuilder.model import Contribution, ContributionKind
from casebuilder.pipeline.deskworkbench import Bench
from cputime import at_most

if TYPE_CHECKING:
    from collections.abc import Sequence

WITH_GROUPS = pytest.mark.skipif(not suggestions_groups.are_available(), reason="scikit-learn is not installed")
NIGHT = tuple(f"The {word} of a consultant at night before theatre" for word in ("call", "car", "sleep", "road"))
LETTERS = tuple(f"An honest reference letter to a hospital: {word}" for word in ("signed", "kept", "lost", "read"))
FORMS = tuple(f"Students fill in a feedback form, {word}" for word in ("weekly", "yearly", "gladly", "slowly"))


def contribution(name: str, text: str, minute: int = 0, **more: object) -> Contribution:
    given = {
        "id": name,
        "channel": "site",
        "author": f"Participant {name[1:]}",
        "author_key": f"key{name}",
        "text": text,
    }
    posted = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    return Contribution(**(given | {"posted": posted} | more))


def record(texts: Sequence[str]) -> list[Contribution]:
    return [contribution(f"c{number:02}", text, number) for number, text in enumerate(texts, start=1)]


@WITH_GROUPS
def test_groups_are_those_of_the_words_with_the_words_that_made_them() -> None:
    made = suggestions.suggest(record((*NIGHT, *LETTERS, *FORMS))).groups
    assert made is not None
    assert [group.members for group in made] == [
        ("c01", "c02", "c03", "c04"),
        ("c05", "c06", "c07", "c08"),
        ("c09", "c10", "c11", "c12"),
    ]
    assert {"consultant", "night", "theatre"} <= {*made[0].words}
    assert {"hospital", "letter", "reference"} <= {*made[1].words}
    assert {"feedback", "form", "students"} <= {*made[2].words}
    assert all(len(group.nearest) == 3 and {*group.nearest} <= {*group.members} for group in made)
    assert made == suggestions.suggest(record((*NIGHT, *LETTERS, *FORMS))).groups, "the same every time"


@WITH_GROUPS
@pytest.mark.parametrize(
    "texts",
    [
        (),
        NIGHT[:3],
        ("",) * 20,
        ("one two three",) * 20,
        tuple(f"alpha{n} beta{n} gamma{n} delta{n}" for n in range(9)),
    ],
    ids=["none", "three", "empty", "only filling words", "nothing in common"],
)
def test_a_record_without_groups_has_none(texts: tuple[str, ...]) -> None:
    assert suggestions.suggest(record(texts)).groups == ()


@WITH_GROUPS
def test_equal_texts_are_one_group_or_none_and_no_error() -> None:
    made = suggestions.suggest(record(NIGHT[:1] * 12)).groups
    assert made is not None
    assert len(made) <= 1


def test_without_scikit_learn_there_are_no_groups_and_all_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions_groups, "find_spec", lambda _: None)
    made = suggestions.suggest(
        record(("They should always ring the night consultant", "They should never ring the night consultant"))
    )
    assert made.groups is None
    assert made.as_json()["groups"] == []
    assert made.as_json()["groups_available"] is False
    assert [(pair.first, pair.second, pair.turns) for pair in made.opposites] == [("c01", "c02", ("always", "never"))]


def test_spam_reposts_and_withdrawn_contributions_are_in_no_suggestion() -> None:
    text = "They should always ring the night consultant"
    items = [
        contribution("c01", text),
        contribution("c02", text.replace("always", "never"), spam=True),
        contribution("c03", text.replace("always", "never"), kind=ContributionKind.REPOST),
        contribution("c04", "", withdrawn="2026-01-02"),
    ]
    made = suggestions.suggest(items)
    assert made.opposites == ()
    assert made.uncovered == ("c01",)
    assert suggestions.suggest(items, {"c01"}).uncovered == ()


def test_replies_count_by_others_and_the_most_replied_is_first() -> None:
    items = [
        contribution("c01", "a"),
        contribution("c02", "b"),
        *(contribution(f"c1{n}", "reply", in_reply_to="c02") for n in range(3)),
        *(contribution(f"c2{n}", "reply", in_reply_to="c01") for n in range(2)),
        contribution("c30", "mine", in_reply_to="c01", author_key="keyc01"),
        contribution("c31", "mine", in_reply_to="c01", author_key="keyc01"),
        contribution("c32", "one reply", in_reply_to="c10"),
        contribution("c33", "of nobody", in_reply_to="c99"),
    ]
    assert suggestions.suggest(items).most_replied == ("c02", "c01")


@pytest.mark.parametrize(
    ("one", "other", "turns"),
    [
        ("Seniors should always sit in the corner.", "Seniors should never sit in a corner!", ("always", "never")),
        ("We call the consultant at night, before theatre.", "We don’t call the consultant at night.", ("don’t",)),
        ("Hay que llamar al consultor cada noche", "No hay que llamar al consultor cada noche", ("No",)),
        ("Dapat tawagan ang doktor sa ospital", "Hindi dapat tawagan ang doktor sa ospital", ("Hindi",)),
        ("يجب استدعاء الطبيب الاستشاري ليلا", "لا يجب استدعاء الطبيب الاستشاري ليلا", ("لا",)),
        ("We call the consultant at night, before theatre.", "We call the consultant at night, before theatre.", None),
        ("We never call a consultant at night.", "Nobody must call a consultant at night.", None),
        ("Call the consultant. Not me.", "Call the consultant at night about theatre.", None),
        ("The book is not mine", "The bed is in the ward", None),
    ],
)  # fmt: skip
def test_two_sentences_are_opposites_if_one_word_turns_them(
    one: str, other: str, turns: tuple[str, ...] | None
) -> None:
    found = opposites({"c1": one, "c2": other}, {})
    assert ([pair.turns for pair in found] or [None]) == [turns]
    assert opposites({"c1": one, "c2": other}, {"c1": "same", "c2": "same"}) == ()


def test_words_that_a_long_discussion_uses_everywhere_compare_nobody() -> None:
    texts = {
        f"c{number}": f"Nurses never interrupt surgeons at {'' if number else 'no '}midnight: thought{'x' * number}."
        for number in range(800)
    }
    with at_most(3):
        assert opposites(texts, {}) == ()


def test_words_of_every_script_are_found_and_names_and_addresses_are_not() -> None:
    text = "Dr O’Neill’s café, https://example.org/a @someone #Tag Participant 12 wrote 3 notes"
    assert [word for word, _ in words_of(text)] == ["dr", "o'neill", "cafe", "wrote", "notes"]
    assert [word for word, _ in words_of("हिन्दी में लिखा")] == ["हिन्दी", "में", "लिखा"]
    assert [word for word, _ in words_of("夜間の電話")] == ["夜間", "間の", "の電", "電話"]
    assert [word for word, _ in words_of("الطَّبِيب أَمَام")] == ["الطبيب", "امام"]


def test_words_that_most_have_are_left_out_and_a_plural_counts_as_its_singular() -> None:
    texts = [f"ward {word}" for word in ("nurse", "nurses", "bells", "glass", *("bell",) * 8)]
    words, spelling = subjects(texts)
    assert words[:4] == [["nurse"], ["nurse"], [], ["glass"]], "ward and bell are in most, and glas is no word"
    assert spelling["nurse"] == "nurse"


def test_agreement_is_the_share_of_pairs_that_are_together_or_apart_in_both() -> None:
    themes = {"c1": "a", "c2": "a", "c3": "b", "c4": "b"}
    assert suggestions.agreement((), themes) == (4, 6)
    assert suggestions.agreement([Group((), (), ("c1", "c2")), Group((), (), ("c3", "c4"))], themes) == (6, 6)
    assert suggestions.agreement([Group((), (), ("c1", "c3"))], themes) == (3, 6)


def test_a_desk_that_is_served_asks_for_suggestions_once_the_thread_is_there_and_a_file_holds_them() -> None:
    slug = next(path.parent.name for path in sorted(zoo_keeper.SOUND.glob("commentary/*/discussion.jsonl")))
    bench = Bench(zoo_keeper.SOUND, slug)
    assert bench.made().suggestions == {}
    made = bench.suggestions()
    assert {*made} == {"groups", "groups_available", "most_replied", "uncovered", "opposites"}
    assert made["uncovered"] == ["c2", "c3"], "no quote names them"
