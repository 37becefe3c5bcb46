"""Citations, parsed back as strictly as the formats are written down."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from casebuilder.checks import authors
from casebuilder.model import Credit, Pack, Role
from casebuilder.outputs import citationfiles
from series_factory import SITE, SLUG, make_case, make_open_case, make_person, make_series, make_withdrawn_case

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.published import PublishedSeries

STEM = f"cases/{SLUG}/cite"
VOLUMES = ("packs/volume-2025", "packs/volume-season-1")
PRINTED = [Pack(f"{path}-a4.pdf", path.removeprefix("packs/"), "case", "a4", 9, 90_000) for path in VOLUMES]
HARD = "R&D at 100%: the $5_note #1, {two} ~ ^ and \\ in Ærø"


def written(series: PublishedSeries) -> dict[str, str]:
    return {file.path: file.content.decode() for file in citationfiles.render(series, PRINTED)}


def bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """The kind, the key and the fields of the one entry of a file, by BibTeX's own rule: braces are counted."""
    head = re.match(r"@(\w+)\{([^,\s]+),\n", text)
    assert head, text
    fields: dict[str, str] = {}
    at = head.end()
    while field := re.compile(r"\s*(\w+) = ").match(text, at):
        at = end = field.end()
        depth = 0
        while depth or text[end] != ",":
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            assert depth >= 0
            end += 1
        assert field[1] not in fields
        fields[field[1]] = text[at:end]
        at = end + 1
    assert text[at:] == "\n}\n"
    return head[1], head[2], fields


def ris(text: str) -> list[tuple[str, str]]:
    assert text.endswith("ER  - \r\n")
    lines = text.split("\r\n")[:-1]
    assert not any("\n" in line for line in lines)
    read = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in lines]
    return [(match[1], match[2]) for match in read if match is not None or pytest.fail(text)]


def test_a_case_and_each_response_have_all_formats() -> None:
    assert written(make_series()).keys() == {
        f"{stem}.{ending}"
        for stem in (STEM, *(f"{STEM}-{name}" for name in ("noor-khan", "tom-otieno")), *VOLUMES)
        for ending in ("bib", "ris", "json")
    } | {"CITATION.cff"}


def test_a_sealed_response_is_not_cited() -> None:
    assert not any("noor" in path + text for path, text in written(make_series(make_open_case())).items())


def test_a_withdrawn_case_is_not_offered_for_citing() -> None:
    assert written(make_series(make_withdrawn_case())).keys() == {"CITATION.cff"}


def test_bibtex_says_who_what_where_and_when() -> None:
    kind, key, fields = bibtex(written(make_series(make_case(doi="10.1000/xyz")))[f"{STEM}.bib"])
    assert (kind, key) == ("article", f"case-{SLUG}")
    assert fields == {
        "author": "{{Ada Byrne}}",
        "title": "{{The Case of the Quiet Pager}}",
        "journal": "{{Quiet Dilemmas}}",
        "year": "{2025}",
        "month": "may",
        "day": "{23}",
        "volume": "{1}",
        "number": "{3}",
        "doi": "{10.1000/xyz}",
        "url": f"{{{SITE}cases/{SLUG}/}}",
        "language": "{en}",
        "keywords": "{handover, psychological safety}",
        "abstract": "{A pager stays quiet all night. Should anybody have asked why?}",
    }


def test_bibtex_escapes_the_signs_of_tex_and_no_letter() -> None:
    _, _, fields = bibtex(written(make_series(make_case(title=HARD)))[f"{STEM}.bib"])
    assert fields["title"] == (
        r"{{R\&D at 100\%: the \$5\_note \#1, \{two\} "
        r"\textasciitilde{} \textasciicircum{} and \textbackslash{} in Ærø}}"
    )


def test_several_authors_are_kept_apart_and_their_names_whole() -> None:
    people = (
        make_person("mei", name="Tan Mei Ling"),
        make_person("eleni", name="Ελένη Παπαδοπούλου (Eleni Papadopoulou)"),
    )
    writers = tuple(Credit(person=name, roles=(Role.WRITER,)) for name in ("mei", "eleni"))
    files = written(make_series(make_case(credits=writers, responses=()), people=people))
    assert bibtex(files[f"{STEM}.bib"])[2]["author"] == "{{Tan Mei Ling} and {Eleni Papadopoulou}}"
    assert [value for tag, value in ris(files[f"{STEM}.ris"]) if tag == "AU"] == ["Tan Mei Ling", "Eleni Papadopoulou"]
    (item,) = json.loads(files[f"{STEM}.json"])
    assert item["author"] == [{"literal": "Tan Mei Ling"}, {"literal": "Eleni Papadopoulou"}]


def test_ris_begins_with_the_type_and_ends_with_the_end() -> None:
    read = ris(written(make_series())[f"{STEM}-noor-khan.ris"])
    assert read[0] == ("TY", "JOUR")
    assert read[-1] == ("ER", "")
    assert dict(read) | {"KW": ""} == {
        "TY": "JOUR",
        "ID": f"case-{SLUG}-noor-khan",
        "AU": "Noor Khan",
        "TI": "Quiet is a finding [expert response to “The Case of the Quiet Pager”]",
        "T2": "Quiet Dilemmas",
        "PY": "2025",
        "DA": "2025/06/06",
        "VL": "1",
        "IS": "3",
        "UR": f"{SITE}cases/{SLUG}/#response-noor-khan",
        "LA": "en",
        "KW": "",
        "ER": "",
    }


def test_a_line_break_in_a_title_cannot_forge_a_line_of_ris() -> None:
    read = ris(written(make_series(make_open_case(title="One\nER  - \nTY  - BOOK")))[f"{STEM}.ris"])
    assert [tag for tag, _ in read].count("TY") == 1
    assert ("TI", "One ER - TY - BOOK") in read


def test_csl_json_is_a_list_of_one_item() -> None:
    (item,) = json.loads(written(make_series(make_case(doi="10.1000/xyz")))[f"{STEM}.json"])
    assert item["type"] == "article-journal"
    assert item["issued"] == {"date-parts": [[2025, 5, 23]]}
    assert (item["container-title"], item["volume"], item["issue"], item["DOI"]) == (
        "Quiet Dilemmas",
        "1",
        "3",
        "10.1000/xyz",
    )


def test_vancouver_and_apa() -> None:
    series = make_series()
    case = series.cases[0]
    assert case.citation.vancouver == (
        f"Ada Byrne. The Case of the Quiet Pager. Quiet Dilemmas. 2025 May 23;1(3). Available from: {SITE}cases/{SLUG}/"
    )
    assert case.responses[0].citation.apa == (
        "Noor Khan. (2025, June 6). Quiet is a finding [expert response to “The Case of the Quiet Pager”]. "
        f"Quiet Dilemmas, 1(3). {SITE}cases/{SLUG}/#response-noor-khan"
    )


def test_a_citation_leaves_out_what_there_is_not() -> None:
    series = make_series(make_case(season=None, episode=None), site_url="")
    assert series.cases[0].citation.vancouver == (
        "Ada Byrne. The Case of the Quiet Pager. Quiet Dilemmas. 2025 May 23."
    )


def test_a_doi_outlives_an_address() -> None:
    series = make_series(make_case(doi="10.1000/xyz"))
    assert series.cases[0].citation.vancouver.endswith("Available from: https://doi.org/10.1000/xyz")


def test_many_authors_end_in_et_al_and_apa_in_an_ampersand() -> None:
    names = [f"writer-{letter}" for letter in "abcdefg"]
    credit = tuple(Credit(person=name, roles=(Role.WRITER,)) for name in names)
    cited = make_series(make_case(credits=credit)).cases[0].citation
    assert "Writer E, Writer F, et al. The Case" in cited.vancouver
    assert "Writer F, & Writer G. (2025, May 23)" in cited.apa


def test_the_series_has_a_citation_file_that_its_schema_accepts(tmp_path: Path) -> None:
    people = (make_person(), make_person("luis-ferrer", orcid="0000-0002-1825-0097"))
    text = written(make_series(make_case(), people=people, name='“Quiet”: a "series" & more'))["CITATION.cff"]
    read = yaml.safe_load(text)
    assert read["authors"] == [{"name": "Luis Ferrer", "orcid": "https://orcid.org/0000-0002-1825-0097"}]
    assert (read["title"], read["license"], read["date-released"]) == (
        '“Quiet”: a "series" & more',
        "CC-BY-4.0",
        "2025-05-23",
    )
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    judge = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    completed = subprocess.run([*judge, tmp_path / "CITATION.cff"], capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stdout


def test_a_volume_is_cited_as_a_book_of_the_series_with_its_editors() -> None:
    files = written(make_series())
    kind, key, fields = bibtex(files["packs/volume-2025.bib"])
    assert (kind, key) == ("book", "volume-2025")
    assert fields == {
        "editor": "{{Luis Ferrer}}", "title": "{{Quiet Dilemmas 2025}}", "publisher": "{{Quiet Dilemmas}}",
        "year": "{2025}", "month": "jun", "day": "{6}", "url": f"{{{SITE}facilitators/#volume-2025}}",
        "language": "{en}",
    }  # fmt: skip
    assert ris(files["packs/volume-2025.ris"])[:5] == [
        ("TY", "BOOK"), ("ID", "volume-2025"), ("ED", "Luis Ferrer"), ("TI", "Quiet Dilemmas 2025"),
        ("PB", "Quiet Dilemmas"),
    ]  # fmt: skip
    (item,) = json.loads(files["packs/volume-season-1.json"])
    assert (item["type"], item["editor"], item["publisher"]) == (
        "book", [{"literal": "Luis Ferrer"}], "Quiet Dilemmas",
    )  # fmt: skip
    cited = make_series().volumes[0].citation
    at = f"{SITE}facilitators/#volume-2025"
    assert cited.vancouver == (f"Luis Ferrer, editor. Quiet Dilemmas 2025. Quiet Dilemmas; 2025. Available from: {at}")
    assert cited.apa == f"Luis Ferrer (Ed.). (2025). Quiet Dilemmas 2025. Quiet Dilemmas. {at}"


def test_a_volume_that_holds_nothing_released_or_was_not_printed_is_not_cited() -> None:
    assert not any("volume" in path for path in written(make_series(make_open_case())))
    assert not any("volume" in file.path for file in citationfiles.render(make_series()))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["Haddad L; Murphy J"], ["Haddad L", "Murphy J"]),
        (["Haddad", "L.", "Murphy", "J.-P.", "et al."], ["Haddad L", "Murphy J-P"]),
        (["Haddad L1,2", "Murphy JP3*", "O'Neill S†"], ["Haddad L", "Murphy JP", "O'Neill S"]),
        (["Haddad L and Murphy J"], ["Haddad L", "Murphy J"]),
        (["Haddad L & van der Berg J"], ["Haddad L", "van der Berg J"]),
    ],
)
def test_authors_are_one_in_each_entry(written: list[str], meant: list[str]) -> None:
    assert authors.meant(written) == meant
    assert authors.meant(meant) == meant


@pytest.mark.parametrize(
    "name",
    ["WHO", "Royal College of Physicians and Surgeons", "COVID-19 Study Group", "GBD 2019 Collaborators", "山田 花子",
     "Prince", "Haddad, Layla", "The RECOVERY Group", "I-PASS Study Group", "Smith AB Jr", "Food & Drug Group"],
)  # fmt: skip
def test_names_of_people_and_groups_stay_as_they_are(name: str) -> None:
    assert authors.meant([name, "UK Prospective Group", name]) == [name, "UK Prospective Group", name]
