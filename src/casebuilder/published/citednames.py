"""Names as bibliographies write them: family name first, given names whole or as initials.

Sources of the forms: Citing Medicine, 2nd edition (US National Library of Medicine), chapter 2, "Author"; and the
Publication Manual of the American Psychological Association, 7th edition, sections 9.7 to 9.9.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.model.series import Person

#: Parts of a given name: "José Miguel", "Jean-Paul", "J.M.".
_PARTS = re.compile(r"(?P<join>[\s.]*-?)(?P<part>[^\s.\-\u2010\u2011]+)")
#: Citing Medicine names at most two initials.
_VANCOUVER_INITIALS = 2
#: Given names in capitals that are not longer than this are initials: "JM".
_MOST_INITIALS = 3
#: Citing Medicine writes a rank in a family in Arabic figures, without a full stop.
_RANKS = {"ii": "2nd", "iii": "3rd", "iv": "4th", "v": "5th", "vi": "6th"}


@dataclass(frozen=True, slots=True)
class CitedName:
    """A name for bibliographies.

    Attributes:
        whole: the spoken form, in Latin letters where the profile has them in brackets: "Marie Lafrenière".
        family: the family name with its particles: "Lafrenière", "van der Berg"; empty if the profile does not say.
        given: the other names, with particles that stand after them: "Marie"; empty for who has one name alone.
        suffix: "Jr.", "III", or nothing.
    """

    whole: str
    family: str = ""
    given: str = ""
    suffix: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Family name, given names, suffix, as far as there are any: ("Lafrenière", "Marie")."""
        return tuple(filter(None, (self.family or self.whole, self.given, self.suffix)))

    @property
    def inverted(self) -> str:
        """The parts with commas: "King, Martin Luther, Jr."; the whole name if its parts are not known."""
        return ", ".join(self.parts)

    @property
    def vancouver(self) -> str:
        """The name in Vancouver style: "Lafrenière M", "King ML Jr", "van der Berg J"."""
        if not self.family:
            return self.whole
        letters = [letter for _, letter, is_name in _initials(self.given) if is_name][:_VANCOUVER_INITIALS]
        suffix = self.suffix.rstrip(".")
        given = "".join(letters) or self.given  # a script without capitals has no initials
        return " ".join(filter(None, (self.family, given, _RANKS.get(suffix.casefold(), suffix))))

    @property
    def apa(self) -> str:
        """The name in APA style: "Lafrenière, M.", "King, M. L., Jr.", "Beethoven, L. van"."""
        if not self.family:
            return self.whole
        given_names = ""
        for join, initial, is_name in _initials(self.given):
            given_names += (join if given_names else "") + (f"{initial}." if is_name else initial)
        return ", ".join(filter(None, (self.family, given_names or self.given, self.suffix)))


def cited_name(person: Person) -> CitedName:
    """Return a person's name for bibliographies.

    Where the profile does not say which part is the family name, the name stays whole: any rule that guesses gets "Tan
    Mei Ling" or "Rosa Quispe Mamani" wrong, and a wrong name in other people's reference lists is there for ever.
    """
    parts = (person.family, person.given, person.suffix) if person.family else ()
    return CitedName(person.latin_name, *parts)


def _initials(given: str) -> list[tuple[str, str, bool]]:
    """Return the parts of given names: what joins each to the one before, its initial, and whether it is a name.

    A word that begins with a small letter ("de", "van") is a particle beside others, and stays whole. Up to three
    capitals that stand together, as in "JM", are initials already.
    """
    parts = [match for match in _PARTS.finditer(given) if _first_letter(match["part"])]
    particles = {place for place, match in enumerate(parts) if _first_letter(match["part"]).islower()}
    initials: list[tuple[str, str, bool]] = []
    for place, match in enumerate(parts):
        part, join = match["part"], "-" if "-" in match["join"] else " "
        if place in particles and len(particles) < len(parts):
            initials.append((join, part, False))
        elif len(part) <= _MOST_INITIALS and part.isupper() and part.isalpha():
            initials += [(join if number == 0 else " ", letter, True) for number, letter in enumerate(part)]
        else:
            initials.append((join, _first_letter(part), True))
    return initials


def _first_letter(part: str) -> str:
    """Return the first letter of a name that is small or capital, with its marks; or nothing."""
    start = next((place for place, sign in enumerate(part) if sign.lower() != sign.upper()), len(part))
    end = start + 1
    while end < len(part) and unicodedata.combining(part[end]):
        end += 1
    return part[start:end]
