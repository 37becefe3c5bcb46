"""Continents, after the United Nations' M49 (Standard country or area codes for statistical use, unstats.un.org).

M49 has five regions. The papers on journal clubs count six continents, so the Americas are divided as M49 does in
its geographic groupings: North America (003: Northern America, Central America, the Caribbean) and South America (005).
Antarctica (010) is a seventh. Taiwan and Kosovo have no entry of their own there: they are counted where they lie.
"""

from __future__ import annotations

_CODES = {
    "africa": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA"
        " NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW"
    ),
    "north-america": (
        "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT"
        " US VC VG VI"
    ),
    "south-america": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    "asia": (
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK"
        " PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
    ),
    "europe": (
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT"
        " NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"
    ),
    "oceania": "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
    "antarctica": "AQ",
}
#: The continent of each country, by its ISO 3166-1 code.
CONTINENT = {code: name for name, codes in _CODES.items() for code in codes.split()}
#: Every continent, in a fixed order.
CONTINENTS = tuple(_CODES)
