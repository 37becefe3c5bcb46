"""Authors of references: each entry of the list is one person, or one group, as bibliographies write the name."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

_INITIALS = r"(?:[^\W\d_]\.[ -]?){1,4}|[A-Z]{1,3}"
#: A family name alone, such as "Haddad" or "van der Berg", but no abbreviation of a group such as "WHO".
_FAMILY = r"(?:[a-z]{1,4} )*[^\W\d_]+(?:[-'’ ][^\W\d_]+)?"
_OTHERS = r"(?i)(?:and )?(?:et\.? al|others|colleagues|co-?workers)\.?|…|\.\.\."
_AFTER_NAME = r"(?:(?<= [A-Z])|(?<= [A-Z]{2})|(?<= [A-Z]{3}))"
#: Between two names with initials: "Haddad L and Murphy J".
_AND = _AFTER_NAME + r"(?: and | ?& ?)(?=[^\W\d_])"
#: Marks of affiliations and notes after a name: "Haddad L1,2*".
_MARKS = _AFTER_NAME + r"\d[\d,]*[*†‡§¶#]*$|[*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰]+$"
#: Signs without which an entry of more than a few letters is not looked at further.
_DOUBTFUL, _FEW = frozenset(";*†‡§¶&…0123456789¹²³⁴⁵⁶⁷⁸⁹⁰"), 4


def single(series: Series) -> Iterator[Problem]:
    """Report entries that are several authors, a part of one, or no author."""
    for case in series.cases:
        for steps, names in _lists(case):
            if not any(map(_is_doubtful, names)):
                continue
            intended = meant(names)
            if intended != [*names]:
                first = next((i for i, name in enumerate(names) if i >= len(intended) or intended[i] != name), 0)
                message = f'"{names[first]}" is not the name of one author'
                shown = ", ".join(f'"{name}"' if "," in name else name for name in intended)
                hint = f"write [{shown}]" if intended else "write the authors, or delete the line"
                pairs = zip(names[first], intended[first] if first < len(intended) else "", strict=False)
                fault = len([*takewhile(lambda letters: letters[0] == letters[1], pairs)])
                path_to_name = (*steps, "authors", first)
                place = case.origin.within(path_to_name, names[first], fault if fault < len(names[first]) else 0)
                yield Problem(*place, "bad-value", message, hint)


def _lists(case: Case) -> Iterator[tuple[tuple[str | int, ...], Sequence[str]]]:
    for index, reference in enumerate(case.references):
        yield ("references", index), reference.authors
    if case.paper:
        yield ("paper",), case.paper.authors


def _is_doubtful(name: str) -> bool:
    words = name.lower()
    return (
        len(name) <= _FEW or not _DOUBTFUL.isdisjoint(name) or " and " in words or "." in name
        or words.startswith(("et", "and ", "others", "coll", "cowork", "co-work"))
    )  # fmt: skip


def meant(names: Sequence[str]) -> list[str]:
    """Return the authors that are meant, one in each entry."""
    found: list[str] = []
    for entry in names:
        for part in re.split(r"\s*;\s*", entry):
            for words in re.split(_AND, part):
                name = re.sub(_MARKS, "", re.sub(r"^(?:and|&) ", "", words.strip()))
                if not name or re.fullmatch(_OTHERS, name):
                    continue
                if (
                    found
                    and re.fullmatch(_INITIALS, name)
                    and re.fullmatch(_FAMILY, found[-1])
                    and not found[-1].isupper()
                ):
                    found[-1] += f" {re.sub('[. ]', '', name)}"
                else:
                    found.append(name)
    return found
