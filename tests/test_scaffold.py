"""A new case and a new series: what lies in the folders, and that check and build take both as they are."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from casebuilder import readers
from casebuilder.checks.people import disclosures
from casebuilder.cli import main
from casebuilder.editorial import scaffold
from casebuilder.editorial.scaffold import filling
from casebuilder.model import Credit, Kind, Role, Status
from casebuilder.model.series import Series, Settings

TODAY = date(2026, 11, 23)
TITLE = "The Case of the Late Handover"
FOLDER = "2027-03-late-handover"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def build(series: Path, *words: str) -> Result:
    """A strict build, in a process of its own, as a user runs it."""
    order = [sys.executable, "-m", "casebuilder", "build", "--series", str(series), *words]
    completed = subprocess.run(order, capture_output=True, text=True, check=False)
    return Result(
        CliRunner(), completed.stdout.encode(), completed.stderr.encode(), b"", None, completed.returncode, None
    )


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A new series and its first build, which also fills its cache; packs are left out, since others test them."""
    root = tmp_path_factory.mktemp("fresh") / "our-cases"
    assert run("init", str(root)).exit_code == 0
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("      timezone:", "      packs: false\n      timezone:", 1), encoding="utf-8")
    return root, build(root)


@pytest.fixture
def series(fresh: tuple[Path, Result], tmp_path: Path) -> Path:
    """A copy of it, to write in."""
    return shutil.copytree(fresh[0], tmp_path / "our-cases")


def new(series: Path, *words: str) -> Result:
    return run("new", *words, "--series", str(series))


def sample(**changes: object) -> Series:
    """A series with the example case and its people, read from the texts that `init` writes."""
    created = scaffold.new_series("Our cases", TODAY)
    read, problems = readers.read(created.texts)
    assert problems == []
    return read.model_copy(update=changes)


def in_use(text: str) -> str:
    """A file of settings with every example in it taken into use: its `#` taken away."""
    return re.sub(r"^#(?=[a-z]|  )", "", text, flags=re.MULTILINE)


# A new series


def test_a_new_series_passes_the_check_and_a_strict_build(fresh: tuple[Path, Result]) -> None:
    series, built = fresh
    assert run("check", "--series", str(series)).output == "1 case checked: no problem\n"
    assert built.exit_code == 0, built.stderr
    home = (series / "site/index.html").read_text(encoding="utf-8")
    assert "Our cases" in home
    assert "The Case of the Spare Chair (an example)" in home
    page = next((series / "site/cases").glob("*-spare-chair/index.html")).read_text(encoding="utf-8")
    assert "Write that I waited" in page, "the example is complete: its response is out"
    assert "Delete it when you have a case of your own" in page
    assert "people in it are invented" in page


def test_without_its_example_a_new_series_is_complete_all_the_same(series: Path) -> None:
    readme = (series / "README.md").read_text(encoding="utf-8")
    doomed = re.findall(r"`((?:cases|commentary|experts)/[\w.-]+)`", readme.partition("Delete the example")[2])
    assert len(doomed) == 4
    for path in doomed:
        for file in [series / path] if path.endswith(".md") else sorted((series / path).rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() else file.unlink()
    assert run("check", "--series", str(series)).exit_code == 0
    assert build(series).exit_code == 0


def test_the_example_is_released_before_the_day_on_which_it_is_made() -> None:
    for number in range(28):
        day = date(2026, 11, 1 + number)
        case = readers.read(scaffold.new_series("Our cases", day).texts)[0].cases[0]
        assert isinstance(case.releases, date)
        assert (day - case.releases).days in range(2, 9)
        assert case.opens.strftime("%A") == "Friday"


@pytest.mark.parametrize("name", ["Cases: a series", "Yes", "Fälle & Fragen", 'The "other" #journal club', "Δύσκολα"])
def test_a_series_has_the_name_that_it_was_given(tmp_path: Path, name: str) -> None:
    assert run("init", str(tmp_path / "x"), "--name", name).exit_code == 0
    text = (tmp_path / "x/mkdocs.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["site_name"] == name
    assert (tmp_path / "x/README.md").read_text(encoding="utf-8").startswith(f"# {name}\n")
    assert run("check", "--series", str(tmp_path / "x")).exit_code == 0


def test_programs_among_the_templates_may_be_compiled_as_pip_does(tmp_path: Path) -> None:
    """Without the compiled ones left out, `init` and `upgrade` ended in a traceback wherever pip had installed them."""
    compiled = tmp_path / "dot-github/__pycache__"
    compiled.mkdir(parents=True)
    (compiled / "program.cpython-311.pyc").write_bytes(b"\xa7\r\r\n")
    (compiled.parent / "program.py").write_text("1\n", encoding="utf-8")
    assert dict(filling._files_below(tmp_path, "")) == {"dot-github/program.py": "1\n"}


@pytest.mark.parametrize("what", ["folder", "file"])
def test_init_writes_over_nothing(tmp_path: Path, what: str) -> None:
    if what == "folder":
        (tmp_path / "x").mkdir()
        (tmp_path / "x/notes.txt").write_text("mine", encoding="utf-8")
    else:
        (tmp_path / "x").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    result = run("init", str(tmp_path / "x"))
    assert result.exit_code == 2
    assert "is there already" in " ".join(result.stderr.split())
    assert "nothing was written" in " ".join(result.stderr.split())
    assert sorted(tmp_path.rglob("*")) == before


def test_init_takes_an_empty_folder(tmp_path: Path) -> None:
    assert run("init", str(tmp_path)).exit_code == 0
    assert (tmp_path / ".gitignore").is_file()


def test_the_workflows_of_a_new_series_are_sound(series: Path) -> None:
    tools = Path(sys.executable).parent
    workflows = sorted(map(str, (series / ".github/workflows").glob("*.yml")))
    assert [Path(path).name for path in workflows] == ["check.yml", "comment.yml", "month.yml", "publish.yml"]
    for order in (["actionlint", *workflows], ["zizmor", "--offline", "--no-progress", "--quiet", str(series)]):
        completed = subprocess.run([tools / order[0], *order[1:]], capture_output=True, text=True, check=False)
        assert completed.returncode == 0, completed.stdout + completed.stderr


# A new case


@pytest.mark.parametrize("kind", list(Kind))
def test_a_new_case_passes_the_check_and_is_only_in_a_site_with_drafts(series: Path, kind: Kind) -> None:
    result = new(series, TITLE, "--kind", kind.value, "--opens", "2027-03-05", "--writer", "sam-example")
    assert result.exit_code == 0, result.stderr
    assert f"cases/{FOLDER}" in result.output
    assert run("check", "--series", str(series)).output == "2 cases checked: no problem\n"
    story = "paper.md" if kind is Kind.JOURNAL_CLUB else "scenario.md"
    written = sorted(path.name for path in (series / "cases" / FOLDER).rglob("*.*"))
    assert written == sorted(["_example.md", "case.yml", "facilitation.md", "questions.md", story])
    built = build(series, "--drafts", "--site", str(series / "preview"))
    assert built.exit_code == 0, built.stderr
    page = (series / "preview/cases" / FOLDER / "index.html").read_text(encoding="utf-8")
    assert TITLE in page
    for path in (series / "preview").rglob("*.*"):
        data = path.read_bytes()
        assert b"delete this comment" not in data, path
        assert b"Ring first, explain later" not in data, path


def test_a_new_case_is_not_published(series: Path) -> None:
    assert new(series, TITLE, "--opens", "2026-01-02").exit_code == 0
    assert build(series).exit_code == 0
    assert not [path for path in (series / "site").rglob("*.*") if b"Late Handover" in path.read_bytes()]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_that_is_needed_is_in_the_file(kind: Kind) -> None:
    """Without the line "status: draft" the check names what is to be filled in, each at its own line."""
    series = sample()
    created = scaffold.new_case(series, scaffold.Idea(TITLE, kind=kind), TODAY)
    ready = {f"{created.folder}/{path}": text.replace("status: draft\n", "") for path, text in created.texts.items()}
    del ready[f"{created.folder}/responses/_example.md"]  # a file that no series reads
    _, problems = readers.read({**scaffold.new_series("Our cases", TODAY).texts, **ready})
    named_fields = {name for problem in problems for name in re.findall(r'"(\w+)"', problem.message)}
    needed = {"teaser", "topics", "competencies", "objectives", "person"}
    of_kind = {Kind.CASE: {"basis"}, Kind.JOURNAL_CLUB: {"title", "published", "open_access"}}
    assert named_fields >= needed | of_kind[kind]
    assert {problem.code for problem in problems} == {"missing-field", "wrong-count"}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_example_in_it_is_valid_once_it_is_uncommented(tmp_path: Path, kind: Kind) -> None:
    assert run("init", str(tmp_path / "x")).exit_code == 0
    assert new(tmp_path / "x", TITLE, "--kind", kind.value, "--opens", "2027-03-05").exit_code == 0
    place = tmp_path / "x/cases" / FOLDER
    for path in (place / "case.yml", place / "responses/_example.md"):
        path.write_text(in_use(path.read_text(encoding="utf-8")), encoding="utf-8")
    (place / "responses/_example.md").rename(place / "responses/sam-example.md")
    (place / "night-desk.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    story = next(path for path in place.glob("*.md") if path.name in {"scenario.md", "paper.md"})
    story.write_text("A text that cites a work [@chan-2015].\n", encoding="utf-8")
    assert run("check", "--series", str(tmp_path / "x")).output == "2 cases checked: no problem\n"


def test_it_opens_in_the_next_month_that_has_no_case() -> None:
    series = sample()
    example = series.cases[0]
    assert example.opens == date(2026, 11, 6), "the first Friday of its month"
    assert scaffold.new_case(series, scaffold.Idea(TITLE), TODAY).folder == "cases/2026-12-late-handover"
    planned = example.model_copy(update={"slug": "x", "opens": date(2026, 12, 25)})
    created = scaffold.new_case(sample(cases=(example, planned)), scaffold.Idea(TITLE), TODAY)
    assert created.folder == "cases/2027-01-late-handover"
    assert "opens: 2027-01-22\ncloses: 2027-01-29\nreleases: 2027-02-05\n" in created.texts["case.yml"], "fourth Friday"
    empty = scaffold.new_case(Series(), scaffold.Idea(TITLE), date(2026, 12, 31))
    assert "opens: 2027-01-01\n" in empty.texts["case.yml"]


def test_a_time_of_day_is_kept_and_the_month_is_that_of_the_series_zone() -> None:
    series = sample(settings=Settings(timezone="Pacific/Auckland"))
    idea = scaffold.Idea(TITLE, kind="journal-club", opens="2027-01-31T20:00+00:00")
    created = scaffold.new_case(series, idea, TODAY)
    assert created.folder == "cases/2027-02-late-handover"
    dates = "opens: 2027-01-31T20:00+00:00\ncloses: 2027-02-02T20:00+00:00\nreleases: 2027-02-09T20:00+00:00\n"
    assert dates in created.texts["case.yml"]


def test_the_number_follows_on_the_latest_season() -> None:
    example = sample().cases[0]
    counted = [
        example.model_copy(update={"season": s, "episode": e, "slug": f"x-{s}-{e}"}) for s, e in ((1, 9), (2, 3))
    ]
    created = scaffold.new_case(sample(cases=tuple(counted)), scaffold.Idea(TITLE), TODAY)
    assert "\nseason: 2\nepisode: 4\n" in created.texts["case.yml"]
    assert "\n#season: 1\n#episode: 1\n" in scaffold.new_case(sample(), scaffold.Idea(TITLE), TODAY).texts["case.yml"]


def test_it_offers_the_words_that_the_series_uses() -> None:
    text = scaffold.new_case(sample(), scaffold.Idea(TITLE), TODAY).texts["case.yml"]
    assert "communication, supervision" in text
    assert "clinical teachers, medical students" in text
    assert "robin-example, sam-example" in text
    assert "acgme: PC MK PBLI ICS PROF SBP" in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (TITLE, "late-handover"),
        ("the case of a Borrowed Login", "borrowed-login"),
        ("Case of the “Silent” Ward Round?", "silent-ward-round"),
        ("Twelve Months of a Journal Club on Twitter", "twelve-months-of-a-journal-club"),
        ("São Paulo, Hà Nội, Kraków", "sao-paulo-ha-noi-krakow"),
        ("The Case", "the-case"),
        ("Pneumonoultramicroscopicsilicovolcanoconiosis!", "pneumonoultramicroscopicsilicovolcanocon"),
    ],
)
def test_the_folder_is_named_after_the_title(title: str, name: str) -> None:
    assert scaffold.new_case(sample(), scaffold.Idea(title), TODAY).folder == f"cases/2026-12-{name}"


@pytest.mark.parametrize(
    "title", ['"Quoted": and #marked', "Nein, danke: {a} [b] & * !", "Doña Inés’ list", "- 012", "x"]
)
def test_a_title_is_read_back_as_it_was_given(title: str) -> None:
    created = scaffold.new_case(sample(), scaffold.Idea(f"  {title}\n", short_name="x"), TODAY)
    read, problems = readers.read(
        {"mkdocs.yml": "plugins: [casebuilder]", f"{created.folder}/case.yml": created.texts["case.yml"]}
    )
    assert problems == []
    assert read.cases[0].title == title


def test_a_person_is_found_by_id_by_file_and_by_name() -> None:
    for given in ("sam-example", "experts/sam-example.md", "Sam Example", "sam example"):
        text = scaffold.new_case(sample(), scaffold.Idea(TITLE, writer=given, editor="robin-example"), TODAY).texts[
            "case.yml"
        ]
        assert yaml.safe_load(text)["credits"] == [
            {"person": "sam-example", "roles": ["writer"]},
            {"person": "robin-example", "roles": ["editor"]},
        ]


def test_a_person_without_a_disclosure_is_reported() -> None:
    series = sample()
    people = tuple(person.model_copy(update={"disclosure": None}) for person in series.people)
    created = scaffold.new_case(sample(people=people), scaffold.Idea(TITLE, writer="sam-example"), TODAY)
    assert 'the disclosure of Sam Example: add "disclosure:" to experts/sam-example.md' in created.advice


@pytest.mark.parametrize(("status", "count"), [(Status.DRAFT, 0), (None, 1)])
def test_a_disclosure_can_wait_while_the_case_is_a_draft(status: Status | None, count: int) -> None:
    series = sample()
    people = tuple(person.model_copy(update={"disclosure": None}) for person in series.people[:1])
    case = series.cases[0].model_copy(
        update={"status": status, "credits": (Credit(person=people[0].id, roles=(Role.WRITER,)),), "responses": ()}
    )
    asked = series.replaced(cases=(case,), people=people)
    assert [problem.code for problem in disclosures(asked)] == ["missing-disclosure"] * count


def test_an_opening_before_the_latest_case_is_questioned() -> None:
    created = scaffold.new_case(sample(), scaffold.Idea(TITLE, opens="2025-12-05"), TODAY)
    assert "It opens on Friday 5 December 2025" in created.advice
    assert "opens later, on Friday 6 November 2026: is the year right?" in created.advice
    apart = sample(settings=Settings(cadence={"case": "first friday", "journal-club": "first monday"}))
    created = scaffold.new_case(apart, scaffold.Idea(TITLE, kind="journal-club", opens="2025-12-01"), TODAY)
    assert "is the year right?" not in created.advice, "the journal club has a cadence of its own"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([TITLE, "--opens", "26.6.2027"], '"26.6.2027" is not a date or a time; did you mean 2027-06-26 (26 June)?'),
        ([TITLE, "--opens", "2027-02-30"], "February 2027 has 28 days"),
        ([TITLE, "--opens", "June"], '"June" is not a date or a time'),
        (
            [TITLE, "--writer", "sam-exmaple"],
            'no profile in experts/ has the name "sam-exmaple"; did you mean "sam-example"?',
        ),
        ([TITLE, "--editor", "Jane Doe"], "there are: robin-example, sam-example; write experts/jane-doe.md first"),
        ([TITLE, "--kind", "journal club"], "is not one of 'case', 'journal-club'"),
        ([TITLE, "--short-name", "Late Handover"], "use lower-case letters, digits and single hyphens"),
        (["Υπόθεση"], "no address can be made of its letters; give one, such as --short-name late-handover"),
        (["  "], "it is empty"),
        (["\x1b[2J"], "it holds an invisible character"),
        (["The Case of the Spare Chair", "--short-name", "spare-chair"], "choose another name"),
        ([], "Missing argument 'TITLE'"),
    ],
)
def test_an_impossible_request_is_explained_and_nothing_is_written(
    series: Path, words: list[str], message: str
) -> None:
    before = sorted(series.rglob("*"))
    result = new(series, *words)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert sorted(series.rglob("*")) == before


def test_a_title_that_another_case_has_is_refused(series: Path) -> None:
    assert new(series, *TITLE.split()).exit_code == 0, "quotation marks may be forgotten"
    result = new(series, TITLE)
    assert result.exit_code == 2
    assert "late-handover is there already; fill that one in" in " ".join(result.stderr.split())


def test_a_folder_that_is_there_is_not_touched(series: Path) -> None:
    place = series / "cases" / FOLDER
    place.mkdir()
    (place / "notes.txt").write_text("mine", encoding="utf-8")
    result = new(series, TITLE, "--opens", "2027-03-05")
    assert result.exit_code == 2
    assert "is there already" in " ".join(result.stderr.split())
    assert [path.name for path in place.iterdir()] == ["notes.txt"]


def test_outside_a_series_it_says_where_to_go(tmp_path: Path) -> None:
    result = run("new", TITLE, "--series", str(tmp_path))
    assert result.exit_code == 2
    assert "is not a series: go to the folder that holds mkdocs.yml" in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [True, False])
def test_an_interrupted_command_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    if there:
        (tmp_path / "x").mkdir()
    replace = Path.replace

    def interrupted(part: Path, place: Path) -> Path:
        if Path(place).name == "about.md":
            raise KeyboardInterrupt
        return replace(part, place)

    monkeypatch.setattr(Path, "replace", interrupted)
    assert run("init", str(tmp_path / "x")).exit_code == 130
    assert [path.name for path in tmp_path.rglob("*")] == ["x"] * there
    monkeypatch.undo()
    assert run("init", str(tmp_path / "x")).exit_code == 0


def test_the_lines_to_type_next_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "our programs" / "python"))
    result = run("init", str(tmp_path / "x"))
    assert f"\n  '{tmp_path}/our programs/casebuilder' check " in result.stdout


def test_a_new_profile_asks_for_the_parts_of_the_name_and_is_never_written_over(series: Path) -> None:
    result = run("new", "expert", "Nguyễn Thị Mai", "--family", "Nguyễn", "--given", "Thị Mai", "--series", str(series))
    assert result.exit_code == 0, result.output
    assert "Made experts/nguyen-thi-mai.md." in result.output
    profile = series / "experts/nguyen-thi-mai.md"
    front = yaml.safe_load(profile.read_text(encoding="utf-8").split("---\n")[1])
    assert front == {"name": "Nguyễn Thị Mai", "family": "Nguyễn", "given": "Thị Mai"}
    again = run("new", "expert", "Nguyễn Thị Mai", "--series", str(series))
    assert (again.exit_code, "experts/nguyen-thi-mai.md is there already" in again.output) == (2, True)
    assert "new expert [OPTIONS] NAME" in again.output
    nobody = run("new", "expert", "--series", str(series))
    assert (nobody.exit_code, "name the person: casebuilder new expert" in nobody.output) == (2, True)
    asked = run("new", "expert", "Tan Mei Ling", "--series", str(series))
    assert "family, given" in asked.output
    assert "\n# family:\n# given:\n" in (series / "experts/tan-mei-ling.md").read_text(encoding="utf-8")
    single = run("new", "expert", "Sukarno", "--series", str(series))
    assert "family, given" not in single.output
    assert "\nfamily: " in (series / "experts/sukarno.md").read_text(encoding="utf-8")
    nameless = run("new", "expert", "李小龙", "--series", str(series))
    assert (nameless.exit_code, "in Latin letters in brackets" in nameless.output) == (2, True)
