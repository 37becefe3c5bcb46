"""The closed lists that authors choose from: licences, countries, competency frameworks, roles.

Sources: SPDX licence list 3.25; ISO 3166-1; CanMEDS 2015 (Royal College of Physicians and Surgeons of Canada);
ACGME core competencies (Common Program Requirements); AAMC Physician Competency Reference Set (Englander et al.,
Acad Med 2013;88(8):1088-1094); CRediT (ANSI/NISO Z39.104-2022).
"""

from __future__ import annotations

import json
from pathlib import Path

from casebuilder.text import message

#: Countries: ISO 3166-1 alpha-2 code -> English name (CLDR 47).
COUNTRIES: dict[str, str] = json.loads(Path(__file__).with_name("countries.json").read_text(encoding="utf-8"))

#: Other names and codes that people write for a country, in lower case with hyphens -> its code.
COUNTRY_NAMES: dict[str, str] = {
    name: code
    for code, names in {
        "AE": "uae emirates are", "AG": "antigua", "AU": "aus", "AT": "aut", "BA": "bosnia", "BD": "bgd", "BE": "bel",
        "BR": "bra", "CA": "can", "CD": "drc dr-congo democratic-republic-of-the-congo cod", "CH": "che",
        "CI": "ivory-coast civ", "CN": "prc mainland-china chn", "CV": "cape-verde", "CZ": "czech-republic cze",
        "DE": "deu", "DK": "dnk", "EG": "egy", "ES": "esp", "FI": "fin", "FR": "fra", "GR": "el grc",
        "GB": "uk u-k gbr england scotland wales northern-ireland great-britain britain british-isles",
        "HK": "hong-kong hkg", "ID": "idn", "IE": "republic-of-ireland eire irl roi", "IL": "isr", "IN": "ind",
        "IR": "islamic-republic-of-iran persia", "IT": "ita", "JP": "jpn", "KE": "ken", "KP": "north-korea",
        "KR": "korea south-korea republic-of-korea kor", "MK": "macedonia mkd", "MM": "burma mmr", "MO": "macau macao",
        "MX": "mex", "MY": "mys", "NG": "nga", "NL": "holland nld", "NO": "nor", "NZ": "nzl", "PH": "phl", "PK": "pak",
        "PL": "pol", "PS": "palestine pse", "PT": "prt", "RU": "russian-federation rus", "SA": "ksa saudi sau",
        "SE": "swe", "SG": "sgp", "SY": "syrian-arab-republic", "SZ": "swaziland", "TH": "tha", "TL": "east-timor",
        "TR": "turkey turkiye tur", "TT": "trinidad", "US": "usa u-s-a u-s america united-states-of-america",
        "VA": "vatican", "VN": "viet-nam vnm", "ZA": "zaf",
    }.items()
    for name in names.split()
}  # fmt: skip

#: English and native names of languages, in lower case -> BCP 47 tag.
LANGUAGE_NAMES: dict[str, str] = {
    name: tag
    for tag, names in {
        "ar": "arabic", "bn": "bengali bangla", "cs": "czech", "da": "danish dansk", "de": "german deutsch",
        "el": "greek", "en": "english eng", "en-GB": "british english-uk english-gb british-english",
        "en-US": "american english-us american-english", "es": "spanish espanol castellano spa", "et": "estonian",
        "fa": "persian farsi", "fi": "finnish suomi", "fil": "filipino tagalog tl", "fr": "french francais fra",
        "ga": "irish gaeilge", "he": "hebrew", "hi": "hindi", "hu": "hungarian magyar", "id": "indonesian",
        "it": "italian italiano", "ja": "japanese jp", "ko": "korean kr", "ms": "malay", "nb": "norwegian bokmal",
        "nl": "dutch nederlands", "pl": "polish polski", "pt": "portuguese portugues", "ro": "romanian",
        "pt-BR": "brazilian brazilian-portuguese", "ru": "russian", "sv": "swedish svenska", "sw": "swahili",
        "ta": "tamil", "th": "thai", "tr": "turkish turkce", "uk": "ukrainian", "ur": "urdu", "vi": "vietnamese",
        "zh-Hans": "chinese simplified-chinese mandarin cn", "zh-Hant": "traditional-chinese cantonese",
    }.items()
    for name in names.split()
}  # fmt: skip

#: SPDX identifiers of licences under which teaching material is published: name for people.
LICENCES: dict[str, str] = {
    "CC0-1.0": "CC0 1.0",
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "CC-BY-NC-4.0": "CC BY-NC 4.0",
    "CC-BY-NC-SA-4.0": "CC BY-NC-SA 4.0",
    "CC-BY-ND-4.0": "CC BY-ND 4.0",
    "CC-BY-NC-ND-4.0": "CC BY-NC-ND 4.0",
    "CC-BY-3.0": "CC BY 3.0",
    "CC-BY-SA-3.0": "CC BY-SA 3.0",
    "CC-BY-NC-3.0": "CC BY-NC 3.0",
    "CC-BY-NC-SA-3.0": "CC BY-NC-SA 3.0",
    "CC-BY-ND-3.0": "CC BY-ND 3.0",
    "CC-BY-NC-ND-3.0": "CC BY-NC-ND 3.0",
}

LICENCE_ADDRESSES: dict[str, str] = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    **{
        spdx: f"https://creativecommons.org/licenses/{spdx[3:-4].lower()}/{spdx[-3:]}/"
        for spdx in LICENCES
        if spdx.startswith("CC-BY")
    },
}

#: Competency frameworks that every series has: framework -> (name, {code: label}). The names are names in
#: every language; the labels are messages.
FRAMEWORKS: dict[str, tuple[str, dict[str, str]]] = {
    "acgme": (
        "ACGME",
        {
            "PC": message("Patient Care and Procedural Skills"),
            "MK": message("Medical Knowledge"),
            "PBLI": message("Practice-Based Learning and Improvement"),
            "ICS": message("Interpersonal and Communication Skills"),
            "PROF": message("Professionalism"),
            "SBP": message("Systems-Based Practice"),
        },
    ),
    "canmeds": (
        "CanMEDS",
        {
            "medical-expert": message("Medical Expert"),
            "communicator": message("Communicator"),
            "collaborator": message("Collaborator"),
            "leader": message("Leader"),
            "health-advocate": message("Health Advocate"),
            "scholar": message("Scholar"),
            "professional": message("Professional"),
        },
    ),
    "aamc": (
        "AAMC",
        {
            "PCP": message("Patient Care"),
            "KP": message("Knowledge for Practice"),
            "PBLI": message("Practice-Based Learning and Improvement"),
            "ICS": message("Interpersonal and Communication Skills"),
            "P": message("Professionalism"),
            "SBP": message("Systems-Based Practice"),
            "IPC": message("Interprofessional Collaboration"),
            "PPD": message("Personal and Professional Development"),
        },
    ),
}
