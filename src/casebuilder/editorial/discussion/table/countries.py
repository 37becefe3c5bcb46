"""Countries as people write them: codes, names in English and in their own languages, and what they are called."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from casebuilder.model import COUNTRIES
from casebuilder.wording import countries, country_aliases

#: Names that CLDR does not list, in the form in which names are compared.
_ALSO = {
    "uk": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "n ireland": "GB", "united kingdom of great britain and northern ireland": "GB",
    "us": "US", "usa": "US", "united states of america": "US", "america": "US", "eire": "IE",
    "republic of ireland": "IE",
    "holland": "NL", "czech republic": "CZ", "turkey": "TR", "turkiye": "TR", "burma": "MM", "myanmar": "MM",
    "ivory coast": "CI", "cape verde": "CV", "swaziland": "SZ", "macedonia": "MK", "uae": "AE", "emirates": "AE",
    "ksa": "SA", "hong kong": "HK", "hong kong sar": "HK", "macau": "MO", "macao": "MO",
    "palestine": "PS", "state of palestine": "PS",
    "russian federation": "RU", "viet nam": "VN", "korea republic of": "KR", "republic of korea": "KR",
    "south korea": "KR", "north korea": "KP", "drc": "CD", "dr congo": "CD",
    "democratic republic of the congo": "CD", "republic of the congo": "CG", "peoples republic of china": "CN",
    "republic of china": "TW", "taiwan roc": "TW", "islamic republic of iran": "IR", "iran islamic republic of": "IR",
    "syrian arab republic": "SY", "republic of moldova": "MD", "united republic of tanzania": "TZ",
    "bolivarian republic of venezuela": "VE", "plurinational state of bolivia": "BO", "brunei darussalam": "BN",
    "lao pdr": "LA", "laos": "LA", "lao peoples democratic republic": "LA", "vatican": "VA", "holy see": "VA",
    "east timor": "TL", "trinidad": "TT", "bosnia": "BA", "st kitts": "KN", "federated states of micronesia": "FM",
}  # fmt: skip
#: Answers of people who prefer not to say.
_NOTHING = {"", "n a", "none", "unknown", "not stated", "prefer not to say", "rather not say"}
#: Languages whose names of countries are known beside English and the series' own.
_LANGUAGES = ("es", "fr", "de", "pt", "it", "nl", "sv", "da", "nb", "fi", "pl", "tr", "fil", "ar", "ja", "zh", "ko")
#: Further languages, read only for a name that none of those has, to save time.
_MORE_LANGUAGES = ("el", "ru", "uk", "bg", "sr", "hr", "sl", "sk", "cs", "hu", "ro", "lt", "lv", "et", "is", "he", "fa",
                   "ur", "hi", "bn", "ta", "te", "th", "vi", "id", "ms", "my", "km", "ka", "hy", "am", "sw", "sq", "mk",
                   "bs", "ca", "az", "kk", "uz", "ne", "si", "mn", "lo")  # fmt: skip
#: A code beside a name, as lists of a form have them: "DK - Denmark".
_CODE_AND_NAME = re.compile(r"([A-Z]{2})\s*[-–:]\s*(\S.*)")
#: The first of the 26 letters that make flags.
_FLAG_A = 0x1F1E6
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def country(text: str, language: str = "en") -> str:
    """Return the ISO 3166-1 code of a country; an unknown name is returned unchanged, and the record then reports it.

    Args:
        text: a code of two or three letters, or a name.
        language: in which names may be written, beside English and some large languages.
    """
    text = _FLAG.sub(_code_of_flag, text.strip()) if _FLAG.fullmatch(text.strip()) else text
    if text in COUNTRIES:
        return text
    if _normalise(text) in _NOTHING and not _FLAG.search(text):
        return ""
    listed = _CODE_AND_NAME.fullmatch(text)
    if listed and country(listed[2], language) == listed[1]:
        return listed[1]
    first, comma, after_comma = text.partition(",")  # "Tanzania, United Republic of"
    for name in map(_normalise, (text, f"{after_comma} {first}") if comma else (text,)):
        if (
            code := _codes_by_name("en").get(name)
            or _codes_by_name(language).get(name)
            or _unambiguous_codes(_LANGUAGES).get(name)
            or _unambiguous_codes(_MORE_LANGUAGES).get(name)
        ):
            return code
    return text


def _code_of_flag(flag: re.Match[str]) -> str:
    return "".join(chr(ord(letter) - _FLAG_A + ord("A")) for letter in flag[0])


@lru_cache
def _codes_by_name(language: str) -> dict[str, str]:
    """Return codes by the names of countries in one language.

    In English also by three letters, and by other common names.
    """
    names = {_normalise(name): code for code, name in countries(language).items() if code in COUNTRIES}
    if language != "en":
        return names
    letters = {other.casefold(): code for other, code in country_aliases().items()}
    codes = {code.casefold(): code for code in COUNTRIES}
    return {**letters, **codes, **{_normalise(name): code for code, name in COUNTRIES.items()}, **names, **_ALSO}


@lru_cache
def _unambiguous_codes(languages: tuple[str, ...]) -> dict[str, str]:
    """Return codes by names in languages, where a name means the same country in all of them."""
    codes_by_name: dict[str, set[str]] = {}
    for language in languages:
        for name, code in _codes_by_name(language).items():
            codes_by_name.setdefault(name, set()).add(code)
    return {name: next(iter(codes)) for name, codes in codes_by_name.items() if len(codes) == 1}


def _normalise(name: str) -> str:
    """Return a name for comparison: without accents, full stops, articles and brackets."""
    up_to_bracket, end, after_bracket = name.rpartition(
        ")"
    )  # no bracket of the rest is closed, and each would be tried without a match
    decomposed = unicodedata.normalize(
        "NFKD", (re.sub(r"\([^)]*\)", "", up_to_bracket + end) + after_bracket).casefold()
    )
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    letters = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", letters).replace("&", " and ").replace("’", "").replace("'", "")
    return re.sub(r"^the ", "", re.sub(r"[\W_]+", " ", letters).strip())
