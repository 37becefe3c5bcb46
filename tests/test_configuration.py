"""`mkdocs.yml` as MkDocs understands it, read without running what it brings; a build goes by MkDocs' own result."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.utils.yaml import yaml_load
from pydantic import ValidationError

import zoo_keeper
from casebuilder import pipeline, readers
from casebuilder.cli import COMMANDS, main
from casebuilder.model.details import Channel
from casebuilder.model.series import Settings
from casebuilder.plugin import CasebuilderPlugin
from casebuilder.readers import configuration
from casebuilder.readers.effectivesettings import final_value

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.model.series import Series

PLUGIN = "plugins:\n  - casebuilder:\n      timezone: Europe/Dublin\n"


def lay(folder: Path, **files: str) -> None:
    for name, text in files.items():
        place = folder / f"{name.replace('__', '/')}.yml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def settings(folder: Path) -> tuple[Series, list[str]]:
    reading = pipeline.read(folder)
    return reading.series, [
        f"{problem.path}:{problem.line}:{problem.column} {problem.code}" for problem in reading.problems
    ]


TREES = [
    {"mkdocs": "a: !ENV CB_ONE\nb: !ENV [CB_ONE]\nc: !ENV [CB_NONE, CB_ONE, x]\nd: !ENV [CB_NONE, [x, {y: z}]]\n"},
    {"mkdocs": "a: !ENV [CB_NONE, !ENV [CB_NONE, deep]]\nb: !ENV [CB_NUMBER, 3]\n"},
    {"mkdocs": "a: !ENV [CB_DAY, x]\nb: !ENV [CB_NONE, 012]\nc: !!int 012\n"},
    {"mkdocs": "a: &x {b: 1, c: no}\nd: {<<: *x, c: yes}\ne: {<<: [{b: 2}, *x]}\nf: [2026-04-01, 1.5, '012', ~]\n"},
    {"mkdocs": "INHERIT: b.yml\na: {b: {c: 1}, d: [1]}\ne:\n", "b": "a: {b: {x: 2}, d: [2, 3], f: 1}\ne: {f: 1}\n"},
    {
        "mkdocs": "INHERIT: s/b.yml\na: {x: 1}\n",
        "s__b": "INHERIT: ../c.yml\na: {y: 1}\nb: 1\n",
        "c": "a: {z: 1}\nb: {}\n",
    },
    {"mkdocs": "INHERIT: !ENV [CB_FILE, nowhere.yml]\na: 1\n", "b": "a: [1]\nb: !!str 1\n", "c": "x: 1\n"},
    {"mkdocs": "a: 1\nINHERIT: ./s/../b.yml\n", "b": "", "s__x": "{}"},
]


@pytest.mark.parametrize("files", TREES)
def test_our_reader_and_mkdocs_understand_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str]
) -> None:
    lay(tmp_path, **files)
    for name, value in {"CB_ONE": "one: two", "CB_NUMBER": "007", "CB_DAY": "2026-04-01", "CB_FILE": "b.yml"}.items():
        monkeypatch.setenv(name, value)
    texts, problems = configuration.chain(
        "mkdocs.yml", files["mkdocs"], os.environ, lambda path: (tmp_path / path).read_text(encoding="utf-8")
    )
    assert not problems
    ours, problems = configuration.read(texts, "mkdocs.yml", os.environ)
    assert ours
    assert not problems
    with (tmp_path / "mkdocs.yml").open(encoding="utf-8") as file:
        theirs = yaml_load(file)
    assert final_value(ours.value, theirs) is ours.value, theirs


def test_inherited_settings_hold_for_the_series_and_a_problem_names_their_file(tmp_path: Path) -> None:
    base = "site_url: https://example.org/a\ntheme:\n  name: material\n  language: es\n"
    base += "plugins:\n  casebuilder:\n    timezone: Dublin\n"
    lay(tmp_path, mkdocs="INHERIT: shared/base.yml\nsite_name: Child\nplugins:\n  casebuilder:\n    hashtag: '#x'\n")
    lay(tmp_path, shared__base=base)
    series, problems = settings(tmp_path)
    assert (series.name, series.site_url, series.language) == ("Child", "https://example.org/a/", "es")
    assert (series.settings.hashtag, problems) == ("#x", ["shared/base.yml:7:15 bad-zone"])


def test_a_list_of_plugins_takes_the_place_of_the_inherited_one(tmp_path: Path) -> None:
    lay(
        tmp_path,
        mkdocs="INHERIT: base.yml\nplugins:\n  - casebuilder:\n      hashtag: '#x'\nsite_name: x\n",
        base=PLUGIN,
    )
    series, problems = settings(tmp_path)
    assert (series.settings.timezone, series.settings.hashtag) == ("UTC", "#x")
    assert problems == ["mkdocs.yml:2:1 unused-setting"]


def test_a_file_beside_the_series_is_inherited_within_its_repository_only(tmp_path: Path) -> None:
    lay(tmp_path, base=PLUGIN, series__mkdocs="INHERIT: ../base.yml\nsite_name: x\n")
    assert settings(tmp_path / "series")[1] == ["mkdocs.yml:1:10 bad-inherit"]
    (tmp_path / ".git").mkdir()
    series, problems = settings(tmp_path / "series")
    assert (series.settings.timezone, problems) == ("Europe/Dublin", [])


def test_a_variable_that_is_not_set_leaves_the_default_and_is_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "site_url: !ENV CB_URL\nplugins:\n  casebuilder:\n    timezone: !ENV CB_ZONE\n    hashtag: !ENV [CB_TAG]\n"
    text += "site_name: x\n"
    lay(tmp_path, mkdocs=text)
    series, problems = settings(tmp_path)
    assert (series.site_url, series.settings.timezone, series.settings.hashtag, problems) == ("", "UTC", "", [])
    for name, value in {"CB_URL": "https://example.org", "CB_ZONE": "Europe/Dublin", "CB_TAG": ""}.items():
        monkeypatch.setenv(name, value)
    series, problems = settings(tmp_path)
    assert (series.site_url, series.settings.timezone, problems) == ("https://example.org/", "Europe/Dublin", [])
    monkeypatch.setenv("CB_ZONE", "Dublin")
    assert settings(tmp_path)[1] == ["mkdocs.yml:4:15 bad-zone"]


def test_the_series_of_an_earlier_revision_inherits_what_lay_there_then(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    text = (series / "mkdocs.yml").read_text(encoding="utf-8")
    lay(tmp_path, base=text, series__mkdocs="INHERIT: ../base.yml\n")
    for words in ("init", "add .", "-c user.name=x -c user.email=x@example.org commit -m x"):
        subprocess.run(["git", *words.split()], cwd=tmp_path, check=True, capture_output=True)
    story = series / "cases/2026-03-late-handover/scenario.md"
    story.write_text(f"{story.read_text(encoding='utf-8')}\nOne more thing.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--since", "HEAD", "--series", str(series)])
    assert "[unrecorded-change]" in result.stdout, "the case was released, which only the inherited as_of tells"


# What a build adds: hooks, and the values that only running code gives.

#: A hook and a value of Python's; each leaves a file.
HOOK = """from pathlib import Path
Path(__file__).with_name("hooked").touch()
def on_config(config):
    config.site_url = "https://hooked.example.org/"
    config.site_name = "Hooked"
    config.plugins["casebuilder"].config["timezone"] = "America/Toronto"
"""
LOOK = "theme:\n  logo: images/logo.svg\n  favicon: images/icon.svg\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>\n'
TOUCH = "\nextra:\n  ran: !!python/object/apply:os.mkdir [ran]\nhooks: [hook.py]\n"


@pytest.fixture
def hooked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound series, whose settings lie in another file and are changed by code."""
    series = zoo_keeper.lay_out("_sound", tmp_path)
    (series / "mkdocs.yml").rename(series / "base.yml")
    (series / "mkdocs.yml").write_text(f"INHERIT: base.yml\n{LOOK}{TOUCH}", encoding="utf-8")
    (series / "hook.py").write_text(HOOK, encoding="utf-8")
    (series / "docs/images").mkdir(parents=True)
    for name in ("logo", "icon"):
        (series / f"docs/images/{name}.svg").write_text(PICTURE, encoding="utf-8")
    monkeypatch.chdir(series)
    return series


ORDERS: dict[str, list[str]] = {
    "check": ["check"],
    "digest": ["digest", "2026-03", "-o", "out"],
    "discussion": ["discussion", "verify"],
    "consent": ["consent", "letters", "2026-03-late-handover"],
    "curate": ["curate", "2026-03-late-handover", "--file", "desk.html"],
    "doctor": ["doctor"],
    "due": ["due", "--since", "2026-01-01T00:00"],
    "github": ["github", "sarif"],
    "letters": ["letters", "templates"],
    "moderator": ["moderator", "2026-03-late-handover"],
    "new": ["new", "A title"],
    "pack": ["pack", "2026-03-late-handover", "--edition", "handout", "-o", "out.pdf"],
    "quote": ["quote", "add", "2026-03-late-handover", "c2", "--words", "Nobody owns a patient", "--theme", "owners"],
    "stats": ["stats"],
    "status": ["status"],
    "upgrade": ["upgrade", "--yes"],
    "withdraw": ["withdraw", "2026-03-late-handover", "--reason", "x", "--yes", "--as-of", "2026-05-01"],
}
#: These build, or have no series to read.
RUN_CODE = {"build", "init", "preview", "serve"}
#: This reads no series, only the editors' own file.
READS_NONE = {"forget"}


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - RUN_CODE - READS_NONE))
def test_no_command_but_a_build_runs_what_a_pull_request_brings(hooked: Path, command: str) -> None:
    result = CliRunner().invoke(main, ORDERS[command])
    assert result.exit_code == 0, result.output
    assert not (hooked / "ran").exists()
    assert not (hooked / "hooked").exists()


def test_serve_watches_inherited_settings_and_keeps_the_address_of_the_site(hooked: Path) -> None:
    (hooked / "hook.py").write_text("", encoding="utf-8")
    config = load_config(str(hooked / "mkdocs.yml"))
    plugin = config.plugins["casebuilder"]
    assert isinstance(plugin, CasebuilderPlugin)
    plugin.on_startup(command="serve", dirty=False)
    config.site_url = "http://127.0.0.1:8000/"  # as MkDocs serves it
    plugin.on_config(config)
    plugin.on_shutdown()
    assert str(hooked / "base.yml") in config.watch
    assert plugin._reading.series.site_url == "https://example.org/small/"


def test_a_build_takes_what_hooks_have_made_and_says_where_it_differs(hooked: Path) -> None:
    (hooked / "click.py").write_text("raise SystemExit(9)  # with -m, Python looks here first\n", encoding="utf-8")
    order = [sys.executable, "-m", "casebuilder", "build", "--no-packs"]
    completed = subprocess.run(order, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stderr
    assert (hooked / "ran").exists()
    assert '"site_name" is "Hooked" in this build; "casebuilder check" reads "Small Dilemmas"' in completed.stderr
    assert (
        '"timezone" is "America/Toronto" in this build; "casebuilder check" reads "Europe/Dublin"' in completed.stderr
    )
    assert '"site_url" is "https://hooked.example.org/" in this build' in completed.stderr
    assert completed.stderr.count("casebuilder check") == 3, "as_of, a day with a time, is the same to both"
    page = (hooked / "site/cases/2026-03-late-handover/index.html").read_text(encoding="utf-8")
    assert '<img class="cb-logo" src="../../images/logo.svg" alt="">Hooked</a>' in page
    assert '<link rel="icon" type="image/svg+xml" href="../../images/icon.svg">' in page
    sitemap = (hooked / "site/sitemap.xml").read_bytes()
    assert gzip.decompress((hooked / "site/sitemap.xml.gz").read_bytes()) == sitemap
    days = re.findall(r"<loc>https://hooked\.example\.org/(.*?)</loc>\n<lastmod>(.*?)</lastmod>", sitemap.decode())
    assert dict(days)["cases/2026-03-late-handover/"] == "2026-04-01"
    assert max(day for _, day in days) < "2026-06-01", "as_of is no day on which anything changed"
    assert b"<link>https://hooked.example.org/</link>" in (hooked / "site/feed.xml").read_bytes()
    assert b"X-WR-TIMEZONE:America/Toronto" in (hooked / "site/calendar.ics").read_bytes()


@pytest.mark.parametrize(
    "name", ["GITHUB_TOKEN", "github_token", "TOKEN", "MATOMO_API_KEY", "DB_PASSWORD", "AWS_SECRET_ACCESS_KEY"]
)
@pytest.mark.parametrize("setting", ["site_url", "INHERIT", "timezone", "licence"])
def test_no_message_shows_what_a_secret_holds(name: str, setting: str) -> None:
    """A pull request can name any variable, and anybody may read what `check` prints."""
    line = f"{setting}: !ENV {name}\n"
    text = line if setting in {"site_url", "INHERIT"} else f"plugins:\n  casebuilder:\n    {line}"
    source = readers.Configuration("mkdocs.yml", {name: "hush-hush"})
    _, chained = configuration.chain("mkdocs.yml", text, source.environment, lambda _: None)
    series, problems = readers.read_settings({"mkdocs.yml": text}, source)
    assert "hush-hush" not in f"{chained}{problems}{series}"


# Settings that are wrong: no command uses a default in their place without a word.

#: What is wrong, and the line of the sound series' mkdocs.yml where it then stands.
WRONG = {
    "cadence: fith friday": 12, "holidays: [25.12.2026]": 12, "small_count: five": 12, "cadance: first monday": 12,
    "as_of: yesterday": 9,
}  # fmt: skip
#: These say it, and do their work all the same.
GO_ON = {"check", "due", "github", "status", "withdraw"}


def with_wrong(series: Path, line: str) -> str:
    """Put a line into the settings, and return the place of the problem."""
    file = series / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    name = line.partition(":")[0]
    assert line in WRONG
    text = (
        re.sub(rf"(?m)^      {name}:.*\n", f"      {line}\n", text) if f" {name}:" in text else f"{text}      {line}\n"
    )
    file.write_text(text, encoding="utf-8")
    return f"mkdocs.yml:{WRONG[line]}:"


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - RUN_CODE - READS_NONE))
def test_every_command_names_the_line_of_a_setting_that_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    place = with_wrong(series, "cadence: fith friday")
    monkeypatch.chdir(series)
    before = sorted(path for path in series.rglob("*") if ".cache" not in path.parts)
    result = CliRunner().invoke(main, ORDERS[command])
    if command != "github":  # which sends all problems
        assert place in result.output, result.output
        assert '"fith friday" is not a day of each month' in " ".join(result.output.split())
    if command not in GO_ON:
        assert result.exit_code in {1, 2}, result.output
        assert sorted(path for path in series.rglob("*") if ".cache" not in path.parts) == before


@pytest.mark.parametrize("line", WRONG)
def test_a_new_case_is_not_planned_by_defaults(tmp_path: Path, line: str) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    place = with_wrong(series, line)
    for words in (["new", "A title"], ["new", "expert", "Ada Low"], ["stats"]):
        result = CliRunner().invoke(main, [*words, "--series", str(series)])
        assert (result.exit_code, place in result.stderr) == (1, True), result.output
        assert "Correct the settings first" in result.stderr
    assert len(list((series / "cases").iterdir())) == 2


def test_a_setting_of_an_inherited_file_and_one_that_cannot_be_read_are_named_too(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    text = (series / "mkdocs.yml").read_text(encoding="utf-8")
    lay(tmp_path, shared__base=text.replace("timezone: Europe/Dublin", "timezone: Europe/Dubln"))
    (tmp_path / ".git").mkdir()
    (series / "mkdocs.yml").write_text(f"INHERIT: ../shared/base.yml\n{LOOK}", encoding="utf-8")
    assert "../shared/base.yml:8:" in CliRunner().invoke(main, ["new", "A title", "--series", str(series)]).stderr
    (tmp_path / "shared/base.yml").write_bytes(text.encode("utf-16"))
    result = CliRunner().invoke(main, ["new", "A title", "--series", str(series)])
    assert (result.exit_code, "../shared/base.yml" in result.stderr) == (1, True), result.output


def test_the_board_is_shown_with_the_settings_that_it_could_not_use(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    place = with_wrong(series, "holidays: [25.12.2026]")
    for form in ("text", "markdown", "json"):
        result = CliRunner().invoke(main, ["status", "--format", form, "--offline", "--series", str(series)])
        shown = result.stdout.replace("\\", "").replace("\u200b", "")
        assert (result.exit_code, place in shown) == (0, True), form


def test_a_wrong_setting_does_not_hold_up_a_withdrawal_unless_texts_may_lie_elsewhere(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    with_wrong(series, "cadence: fith friday")
    order = [*ORDERS["withdraw"], "--series", str(series)]
    settings = series / "mkdocs.yml"
    sound = settings.read_text(encoding="utf-8")
    for broken in (f"{sound}      overlays: sealed/\n", "plugins: [\n"):
        settings.write_text(broken, encoding="utf-8")
        result = CliRunner().invoke(main, order)
        assert (result.exit_code, "in which folders the texts are" in result.stderr) == (1, True), result.output
    settings.write_text(sound, encoding="utf-8")
    assert CliRunner().invoke(main, order).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["status", "--as-of", ""], ["due", "--since", " "], ["check", "--since", ""], ["new", "A", "--opens", ""],
        ["preview", "--since", "", "--out", "x"], ["letters", "invitation", "2026-04-paper-club", ""],
    ],
)  # fmt: skip
def test_an_empty_value_as_of_an_unset_variable_is_refused(tmp_path: Path, words: list[str]) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    result = CliRunner().invoke(main, [*words, "--series", str(series)])
    assert (result.exit_code, "empty" in result.output) == (2, True), result.output


def test_an_invalid_day_in_the_environment_is_reported(tmp_path: Path) -> None:
    order = ["status", "--series", str(zoo_keeper.lay_out("_sound", tmp_path))]
    assert "for CASEBUILDER_AS_OF:" in CliRunner().invoke(main, order, env={"CASEBUILDER_AS_OF": "never"}).output
    assert "for --as-of:" in CliRunner().invoke(main, [*order, "--as-of", "never"]).output
    assert CliRunner().invoke(main, order, env={"CASEBUILDER_AS_OF": ""}).exit_code == 0, "as if it were not set"


def test_dates_that_cannot_be_read_are_named_and_nothing_is_worked_out_from_others(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    case = series / "cases/2026-03-late-handover/case.yml"
    case.write_text(re.sub(r"(?m)^opens: .*", "opens: soon", case.read_text(encoding="utf-8")), encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, [*arguments, "--series", str(series)])
        return result.exit_code, result.stdout, " ".join(result.stderr.split())

    slug, place = "2026-03-late-handover", "cases/2026-03-late-handover/case.yml:"
    letters = [("letters", "invitation", slug, "A B"), ("letters", "thanks", slug), ("consent", "letters", slug)]
    for words in (*letters, ("stats", slug), ("stats", slug, "--write"), ("moderator", slug)):
        status, out, err = run(*words)
        assert (status, out, place in err) == (1, "", True), words
    status, out, err = run("stats", "--format", "json")
    assert (status, slug in out, place in err, "are left out until" in err) == (0, False, True, True)
    made = run("new", "A title")[1]
    text = case.read_text(encoding="utf-8").replace("opens: soon", "opens: 2026-03-02")
    case.write_text(re.sub(r"(?m)^title: .*", "title: [a]", text), encoding="utf-8")
    assert run("stats", slug)[0] == 0, "it has dates"
    assert run("letters", "thanks", slug)[0] == 1, "it has no title"
    assert f"the dates of {slug} cannot be read: does one of them open in that month?" in " ".join(made.split())


@pytest.mark.parametrize(
    ("contact", "kept"),
    [
        ("editors@example.org", "editors@example.org"),
        ("mailto:o'neill+cases@münchen.example", "o'neill+cases@münchen.example"),
        ("https://example.org/contact", "https://example.org/contact"),
        ("", ""),
        *((words, None) for words in (
            "javascript:alert(1)", "JaVaScRiPt:alert(1)//@example.org", "data:text/html,x", "Write to us", "a@b",
            "Editors <e@example.org>", "e@example.org, f@example.org", "@alice@social.example", "e@x.org?cc=f@x.org",
        )),
    ],
)  # fmt: skip
def test_the_contact_is_an_address_that_a_link_can_have(contact: str, kept: str | None) -> None:
    try:
        assert Settings(contact=contact).contact == kept
    except ValidationError:
        assert kept is None


@pytest.mark.parametrize(
    ("contact", "meant"),
    [
        ("editors at example.org", "editors@example.org"),
        ("https://editors at example.org", "editors@example.org"),
        ("editors (at) example (dot) org", "editors@example.org"),
        ("editors[AT]example.org", "editors@example.org"),
        ("editors @ example.org", "editors@example.org"),
        ("The editors <editors@example.org>", "editors@example.org"),
        ("see us at https://example.org", "https://example.org"),
        ("example.org/contact", "https://example.org/contact"),
    ],
)
def test_the_contact_that_a_hint_gives_is_taken(contact: str, meant: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(contact=contact)
    assert caught.value.errors()[0]["ctx"]["hint"] == f"write {meant}"
    assert Settings(contact=meant).contact == meant


def test_a_contact_with_an_at_in_its_path_is_an_address() -> None:
    assert Settings(contact="https://social.example/@editors@example.org").contact.startswith("https://")


@pytest.mark.parametrize(("written", "shown"), [("OurSeries", "#OurSeries"), ("#OurSeries", "#OurSeries"), ("", "")])
def test_a_hashtag_is_shown_with_its_sign(written: str, shown: str) -> None:
    assert (Settings(hashtag=written).hashtag, Channel(type="bluesky", hashtag=written).hashtag) == (shown, shown)


@pytest.mark.parametrize(
    ("before", "after", "report"),
    [
        ("plugins:", "plugin:", ('7: MkDocs has no setting "plugin", so the plugin casebuilder is missing', "plugins")),
        (
            "plugins:",
            "Plugins:",
            ('7: MkDocs has no setting "Plugins", so the plugin casebuilder is missing', "plugins"),
        ),
        ("theme:", "theme:\n  custom_dir: themes", ('4: the folder "themes" does not exist', "theme")),
        ("theme:", "docs_dir: doc\ntheme:", ('3: the folder "doc" does not exist', "docs")),
        (
            "theme:",
            "docs_dir: cases\ntheme:",
            ("3: cases contains sealed texts, and everything in it would be published", ""),
        ),
        ("theme:", "theme:\n  favicon: fav.ico", ("4: there is no picture fav.ico", "")),
        ("site_name: Small Dilemmas", "site_name:", ('1: "site_name" has no value', "")),
    ],
)
def test_a_wrong_folder_or_name_in_settings_is_one_problem(
    tmp_path: Path, before: str, after: str, report: tuple[str, str]
) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    for name in ("docs/about.md", "docs/style.css", "theme/series.css"):
        (series / name).parent.mkdir(exist_ok=True)
        (series / name).write_text("About.\n" if name.endswith(".md") else "", encoding="utf-8")
    text = (series / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("theme:", "theme:\n  custom_dir: theme" if "custom_dir" not in after else "theme:", 1)
    text += "nav: [about.md]\nextra_css: [style.css, series.css]\n"
    (series / "mkdocs.yml").write_text(text.replace(before, after, 1), encoding="utf-8")
    (found,) = pipeline.read(series).problems
    where, meant = report
    assert f"{found.line}: {found.message}" == where
    assert not meant or found.hint == f'did you mean "{meant}"?'
    assert "delete the line" not in found.hint
