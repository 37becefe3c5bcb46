"""A TODO is found wherever readers would see it: in profiles, collections and front matter, too."""

from __future__ import annotations

from casebuilder.checks import unfinished
from casebuilder.model import Disclosure, Prose, Status, TeamGroup
from casebuilder.model.datetimes import as_date
from series_factory import make_case, make_person, make_response, make_settings, write_series

BIOGRAPHY = Prose("TODO: a biography of at most 120 words.", "experts/ada-byrne.md", 9)


def found(*cases: object, **changes: object) -> list[tuple[str, int, str]]:
    series = write_series(*cases, **changes)  # type: ignore[arg-type]  # each field has a type of its own
    return [(problem.path, problem.line, problem.message) for problem in unfinished.marks(series)]


def test_a_todo_that_new_expert_leaves_in_a_biography_is_found_at_its_line() -> None:
    people = (make_person("ada-byrne", biography=BIOGRAPHY), make_person("luis-ferrer"))
    assert found(people=people) == [("experts/ada-byrne.md", 9, "a TODO is left in the text")]
    draft = make_case(status=Status.DRAFT)
    assert found(draft, people=people) == []
    team = make_settings(team=(TeamGroup(title="Editors", people=("ada-byrne",)),))
    assert len(found(draft, people=people, settings=team)) == 1


def test_a_todo_in_a_field_of_a_profile_or_a_response_is_found() -> None:
    disclosure = Disclosure(text="TODO ask", on=as_date("2025-01-02"))
    assert len(found(people=(make_person("ada-byrne", post="TODO", disclosure=disclosure),))) == 2
    response = make_response("ada-byrne", "TODO", "Text.")
    assert [message for _, _, message in found(make_case(responses=(response,)))] == ["a TODO is left in this field"]
