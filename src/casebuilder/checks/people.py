"""People: everybody who signs has a profile; whoever writes, responds, reviews or curates has a disclosure."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from casebuilder.model import Role, Status
from casebuilder.problems import Problem
from casebuilder.slugs import person_slug, slug
from casebuilder.text import TITLE, and_list, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


#: What people write in place of a name they do not know yet.
_ANSWERS = frozenset(("yes", "no", "true", "false", "none", "n-a"))
_DISCLOSING = frozenset((Role.WRITER, Role.EDITOR, Role.PEER_REVIEWER, Role.CURATOR))


def _names_in_case(case: Case) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Yield everybody whom a case names, and where."""
    origin = case.origin
    for index, credit in enumerate(case.credits):
        yield credit.person, origin.at("credits", index, "person")
    for index, name in enumerate(case.discussion.moderators):
        yield name, origin.at("discussion", "moderators", index)
    for index, hour in enumerate(case.discussion.live):
        for place, name in enumerate(hour.guests):
            yield name, origin.at("discussion", "live", index, "with", place)
    for index, name in enumerate(case.announced):
        yield name, origin.at("announced", index)
    if case.privacy:
        yield case.privacy.checked_by, origin.at("privacy", "checked_by")
    for response in case.responses:
        yield response.person, (response.origin.path, 1, 1)
    for index, name in enumerate(case.commentary.curators if case.commentary else ()):
        yield name, case.commentary.origin.at("curators", index) if case.commentary else origin.at()


def named(case: Case) -> frozenset[str]:
    """Return the ids of everybody whom a case names."""
    return frozenset(name for name, _ in _names_in_case(case))


def known(series: Series) -> Iterator[Problem]:
    """Everybody who is named has a profile, and every profile is used."""
    profiles = [person.id for person in series.people]
    unread = [person_slug(PurePosixPath(path).stem) for path in series.unread if path.startswith("experts/")]
    unread += [person_slug(name) for name in profiles]  # a profile whose file must be renamed is not also missing
    namings = [naming for case in series.cases for naming in _names_in_case(case)]
    namings += _names_in_team(series)
    for collection in series.collections:
        namings += [(name, collection.origin.at("editors", i)) for i, name in enumerate(collection.editors)]
    for name, place in namings:
        if name not in profiles and name not in unread and name != "nobody":
            meant = _profile_meant(name, profiles)
            suggestion = f'did you mean "{meant}"?' if meant else did_you_mean(name, profiles)
            hint = suggestion or f"write a profile: experts/{name}.md"
            if name in _ANSWERS:
                hint = f"write the name of a person's profile, such as {profiles[0] if profiles else 'amara-diallo'}"
            yield Problem(*place, "unknown-person", f'unknown person "{name}"', hint, name)
    used = {name for name, _ in namings}
    unknown = [name for name in used if name not in profiles]
    if not all(case.origin.sound("credits") for case in series.cases):
        return  # the names there could not be read
    for person in series.people:
        if (
            person.id not in used
            and not any(did_you_mean(name, [person.id]) for name in unknown)
            and not series.unread
            and person.id == slug(person.id)
        ):
            hint = (
                "leave it if the case is still to come; else name the person in a case's credits, or in "
                '"team:" of mkdocs.yml, or delete the profile'
            )
            yield Problem(person.origin.path, 1, 1, "unused-person", f"no case names {person.name} yet", hint)


def _profile_meant(name: str, profiles: list[str]) -> str:
    """Return the only profile with all parts of a name, or with the same letters; empty if there is none."""
    parts = {*name.split("-")}
    meant = [each for each in profiles if parts <= {*each.split("-")} or each.replace("-", "") == name.replace("-", "")]
    return meant[0] if len(meant) == 1 else ""


def _names_in_team(series: Series) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Yield everybody on the editorial board, and where they are named."""
    origin, steps = series.settings_origin, series.settings_steps
    for number, group in enumerate(series.settings.team):
        for index, name in enumerate(group.people):
            yield name, origin.at(*steps, "team", number, "people", index)


def disclosures(series: Series) -> Iterator[Problem]:
    """Whoever writes, edits, responds, reviews or curates has disclosed their interests, or that they have none.

    Drafts do not count: there is time to ask until the case is published.
    """
    wanting: dict[str, str] = {}
    for case in series.cases:
        if case.status is Status.DRAFT:
            continue
        for credit in case.credits:
            if roles := [role for role in credit.roles if role in _DISCLOSING]:
                wanting.setdefault(credit.person, f"is {and_list(roles)} of {case.slug}")
        for response in case.responses:
            if not response.disclosure:
                wanting.setdefault(response.person, f"responds to {case.slug}")
        for name in case.commentary.curators if case.commentary else ():
            wanting.setdefault(name, f"curates {case.slug}")
    for person in series.people:
        if person.id in wanting and person.disclosure is None and person.origin.sound("disclosure"):
            hint = 'add "disclosure:" with "text:" and "on:" to the front matter; "None." is a disclosure too'
            message = f"{person.name} has no disclosure, but {wanting[person.id]}"
            yield Problem(*person.origin.at(), "missing-disclosure", message, hint)


def family_names(series: Series) -> Iterator[Problem]:
    """Whoever is cited says which part of the name is the family name, unless it is one word. Nobody can guess it."""
    cited = {name for collection in series.collections for name in collection.editors}
    for case in series.cases:
        cited |= {credit.person for credit in case.credits if {Role.WRITER, Role.EDITOR} & set(credit.roles)}
        cited |= {response.person for response in case.responses}
    for person in series.people:
        is_known = person.family or (not person.given and len(person.latin_name.split()) == 1)
        if person.id in cited and not is_known and person.origin.sound("name") and person.origin.sound("family"):
            hint = 'add "family:" and "given:" below the name, as bibliographies write them; a single name is "family:"'
            message = f"{person.name} is cited, and the profile does not say which part of the name is the family name"
            yield Problem(*person.origin.at("name"), "missing-family-name", message, hint)


def latin_names(series: Series) -> Iterator[Problem]:
    """The names for bibliographies are in Latin letters, as reference lists of journals print them."""
    for person in series.people:
        for field, value in (("family", person.family), ("given", person.given)):
            if not value.isascii() and any(_is_of_another_script(letter) for letter in value):
                known = f": they are in {person.latin_name}" if person.latin_name != person.name else ""
                hint = f"write it in Latin letters{known}; the other ones stay in the name"
                message = f'"{value}" is not in Latin letters, in which bibliographies print names ("{field}")'
                yield Problem(*person.origin.at(field), "missing-family-name", message, hint)
            elif (plain := _without_titles(value)) != value:
                message = f'"{value}" has a title or a degree, which bibliographies would print as a name ("{field}")'
                hint = f"write {field}: {plain}" + ("; degrees are credentials" if "," in value else "")
                yield Problem(*person.origin.at(field), "missing-family-name", message, hint)
        family, comma, given = person.name.partition(", ")
        if comma and family == person.family and given.split()[:1] == person.given.split()[:1]:
            message = f'"{person.name}" is printed as written here, family name first ("name")'
            hint = f"write it as people say it: {given} {family}"
            yield Problem(*person.origin.at("name"), "missing-family-name", message, hint)
        elif comma and given and _without_titles(person.name) != person.name:
            message = f'"{given}" is printed as part of the name, and credentials after it again'
            hint = f"write name: {family}, and credentials: {person.credentials or given}"
            yield Problem(*person.origin.at("name"), "missing-family-name", message, hint)


def _without_titles(name: str) -> str:
    """Return a name without titles before it and degrees after it."""
    name = re.sub(r"(?:, ?(?:[A-Z][A-Za-z]{0,5}\.?){1,6})+$", "", name) if "," in name else name
    words = name.split()
    while len(words) > 1 and TITLE.fullmatch(words[0]) and words[0].casefold() not in {"ii", "iii", "sr", "jr"}:
        del words[0]
    return " ".join(words)


def _is_of_another_script(letter: str) -> bool:
    return letter.isalpha() and not unicodedata.name(letter, "LATIN").startswith(("LATIN", "MODIFIER", "FULLWIDTH"))


def credited(series: Series) -> Iterator[Problem]:
    """Each case has at least one writer and one editor."""
    for case in series.cases:
        if case.status is Status.DRAFT or not case.origin.sound("credits"):
            continue
        roles = {role for credit in case.credits for role in credit.roles}
        for role in (Role.WRITER, Role.EDITOR):
            if role not in roles:
                hint = f'give a person in "credits" the role {role}'
                yield Problem(*case.origin.at("credits"), "missing-credit", f"the case has no {role}", hint)
