"""The JSON Schemas: valid themselves, true of what authors write, and as strict as the reader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import zoo_keeper
from casebuilder import readers
from casebuilder.model import Contribution, Record
from casebuilder.outputs import schemas
from casebuilder.readers import frontmatter

ROOT = Path(__file__).parent.parent
FORMATS = {each.name: each for each in readers.FORMATS}
NAMES = list(FORMATS)
#: The files of a series that each schema is for; of Markdown files the front matter.
FILES = {
    "case": "cases/*/case.yml",
    "quotes": "cases/*/quotes.yml",
    "metrics": "commentary/*/metrics.yml",
    "collection": "collections/*.yml",
    "response": "cases/*/responses/*.md",
    "commentary": "commentary/*/commentary.md",
    "person": "experts/*.md",
    "contribution": "commentary/*/discussion.jsonl",
}


class AsAnEditorReads(yaml.SafeLoader):
    """YAML 1.2, as the editor's language server gives it to a schema: a date is text, and so are `on` and `yes`."""


AsAnEditorReads.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "bool"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsAnEditorReads.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def documents(path: Path) -> list[Any]:
    """What a file holds that its schema is for."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines() if line]
    if path.suffix == ".md":
        matter, _, _ = frontmatter.split(text, path.name)
        assert matter
        text = matter[0]
    return [yaml.load(text, Loader=AsAnEditorReads)]  # noqa: S506 - a SafeLoader with fewer types


def complaints(name: str, document: object) -> list[str]:
    return [error.json_path for error in Draft202012Validator(schemas.schema(FORMATS[name])).iter_errors(document)]


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_a_schema_and_says_what_it_is_for(name: str) -> None:
    schema = schemas.schema(FORMATS[name])
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["description"].startswith("For ")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("series", [zoo_keeper.SOUND, ROOT], ids=["sound", "sample"])
def test_what_is_sound_passes_its_schema(name: str, series: Path) -> None:
    paths = sorted(path for path in series.glob(FILES[name]) if path.name != "README.md")
    assert paths
    for path in paths:
        for document in documents(path):
            assert complaints(name, document) == [], path


@pytest.mark.parametrize(
    ("name", "path", "key", "value", "where"),
    [
        ("case", "cases/2026-03-late-handover/case.yml", "titel", "x", "$"),
        ("case", "cases/2026-03-late-handover/case.yml", "title", None, "$.title"),
        ("case", "cases/2026-03-late-handover/case.yml", "kind", "cas", "$.kind"),
        ("case", "cases/2026-03-late-handover/case.yml", "opens", "27/3/2026", "$.opens"),
        ("case", "cases/2026-03-late-handover/case.yml", "topics", [], "$.topics"),
        ("case", "cases/2026-03-late-handover/case.yml", "season", -1, "$.season"),
        ("case", "cases/2026-03-late-handover/case.yml", "credits", [{"person": "Ana Ruiz", "roles": ["writer"]}],
         "$.credits[0].person"),
        ("case", "cases/2026-03-late-handover/case.yml", "paper",
         {"id": "x", "title": "x", "open_access": True}, "$.paper"),
        ("person", "experts/ana-ruiz.md", "employer", "x", "$"),
        ("collection", "collections/evenings.yml", "cases", [{"case": "x"}], "$.cases[0]"),
        ("response", "cases/2026-03-late-handover/responses/ben-okafor.md", "consent", 20, "$.consent"),
        ("commentary", "commentary/2026-03-late-handover/commentary.md", "curators", [], "$.curators"),
        ("contribution", "commentary/2026-03-late-handover/discussion.jsonl", "place", ["x", 1, 1], "$"),
        ("contribution", "commentary/2026-03-late-handover/discussion.jsonl", "kind", "retort", "$.kind"),
    ],
)  # fmt: skip
def test_a_schema_marks_what_the_reader_refuses(name: str, path: str, key: str, value: object, where: str) -> None:
    document = {**documents(zoo_keeper.SOUND / path)[0], key: value}
    assert complaints(name, document) == [where]


def test_quotes_are_a_list_of_quotes() -> None:
    assert complaints("quotes", {"id": "q1"}) == ["$"]
    quote = documents(zoo_keeper.SOUND / "cases/2026-03-late-handover/quotes.yml")[0][0]
    assert complaints("quotes", [{**quote, "mode": "Named"}]) == ["$[0].mode"]


@pytest.mark.parametrize(
    ("name", "kind"), [(each.name, each.type) for each in readers.FORMATS if isinstance(each.type, type)]
)
def test_a_schema_has_exactly_the_keys_that_the_reader_knows(name: str, kind: type[Record]) -> None:
    known = {key for key, field in kind.model_fields.items() if not field.exclude}
    assert schemas.schema(FORMATS[name])["properties"].keys() == known
    assert schemas.schema(FORMATS[name])["additionalProperties"] is False
    assert Contribution.model_fields["place"].exclude


def test_the_files_of_a_build_are_the_schemas_under_their_names() -> None:
    files = {file.path: json.loads(file.read()) for file in schemas.render(readers.FORMATS)}
    assert files == {f"schema/{name}.json": schemas.schema(FORMATS[name]) for name in NAMES}
    assert [file.read() for file in schemas.render(readers.FORMATS)] == [
        file.read() for file in schemas.render(readers.FORMATS)
    ]


def test_every_data_file_of_the_sample_series_names_its_schema() -> None:
    for name, pattern in FILES.items():
        for path in ROOT.glob(pattern):
            if path.suffix == ".yml":
                first = path.read_text(encoding="utf-8").splitlines()[0]
                match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
                assert match, path
                assert (path.parent / match[1]).resolve() == ROOT / "site" / "schema" / f"{name}.json", path
