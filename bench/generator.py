"""A series of any number of cases with the lengths of real ones, the same for the same seed.

Each case is one of the sample series' complete cases under another title, at another date, with a share of its words
exchanged, so that texts, search and feeds meet what a series of twenty years would hold.
"""

from __future__ import annotations

import random
import re
import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

#: The last of the cases opens in this week; one opens each week before.
LAST = date(2026, 3, 6)
_LIKE = (
    "Absent", "Borrowed", "Careful", "Doubtful", "Early", "Forgotten", "Gentle", "Hidden", "Idle", "Jealous", "Kindly",
    "Loud", "Missing", "Narrow", "Open", "Patient", "Quiet", "Reluctant", "Silent", "Tired", "Unread", "Vanishing",
    "Wandering", "Young",
)  # fmt: skip
_THING = (
    "Appraisal", "Bedside", "Consultant", "Diary", "Examiner", "Feedback", "Grade", "Handover", "Interview", "Journal",
    "Keynote", "Lecture", "Mentor", "Night", "Observer", "Portfolio", "Question", "Reference", "Student", "Teacher",
    "Umbrella", "Video", "Ward Round", "Zoom Call",
)  # fmt: skip
_TOPICS = (
    "assessment", "bias", "bullying", "burnout", "clinical reasoning", "communication", "curriculum", "debriefing",
    "ethics", "feedback", "handover", "leadership", "mentorship", "patient safety", "professionalism", "remediation",
    "simulation", "social media", "supervision", "teamwork", "wellbeing",
)  # fmt: skip
_EXCHANGED = 0.1
_WORD = re.compile(r"\b[a-z]{4,}\b")
#: Lines whose words are a name of something, and stay.
_KEPT = re.compile(r"^(?:#|::|!\[|<|---|\w+:)")
#: A day on which something was agreed to, which comes before the release.
_DAY = re.compile(r"(?<=\bconsent: )\d{4}-\d\d-\d\d|(?<=\bon: )\d{4}-\d\d-\d\d")
_NEVER = ("aliases", "changes", "doi", "inspired_by")


def generate(sample: Path, folder: Path, count: int, *, seed: int = 1) -> None:
    """Write a series into an empty folder.

    Args:
        sample: the root of the sample series.
        folder: where it goes; made.
        count: how many cases it has.
        seed: another number gives other words.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
    complete = _complete_cases(sample)
    vocabulary = sorted(
        {word for slug in complete for word in _WORD.findall((sample / "cases" / slug / "questions.md").read_text())}
    )
    for name in ("experts", "docs", "theme"):
        shutil.copytree(sample / name, folder / name)
    configuration = (sample / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    slugs = []
    for number in range(count):
        opens = LAST - timedelta(weeks=count - 1 - number)
        title = f"The Case of the {chance.choice(_LIKE)} {chance.choice(_THING)}"
        slug = f"{opens:%Y-%m}-{title.removeprefix('The Case of the ').lower().replace(' ', '-')}-{number}"
        _write_case(sample, folder, chance.choice(complete), slug, (title, opens, number), chance, vocabulary)
        slugs.append(slug)
    for person in (folder / "experts").glob("*.md"):  # who is in no case would be warned of
        writes = next(folder.glob(f"cases/*/responses/{person.name}"), None)
        if not writes and not any(person.stem in path.read_text() for path in folder.glob("c*/*/c*.[ym][md]*")):
            person.unlink()
    (folder / "collections").mkdir()
    entries = [{"case": slug, "why": "It is the shortest way into the matter."} for slug in slugs[:5]]
    collection = {"title": "First steps", "introduction": "Where to begin.", "cases": entries}
    _dump(folder / "collections" / "first-steps.yml", collection)


def _complete_cases(sample: Path) -> list[str]:
    """The cases of the sample that have everything, and are no journal club: a paper is about one thing."""
    return [
        path.parent.name
        for path in sorted(sample.glob("cases/*/case.yml"))
        if (sample / "commentary" / path.parent.name / "commentary.md").is_file()
        and (path.parent / "scenario.md").is_file()
        and "\nstatus:" not in path.read_text(encoding="utf-8")
    ]


def _write_case(  # noqa: PLR0913, PLR0917 - what one case is made of
    sample: Path,
    folder: Path,
    like: str,
    slug: str,
    facts: tuple[str, date, int],
    chance: random.Random,
    vocabulary: list[str],
) -> None:
    title, opens, number = facts
    for top in ("cases", "commentary"):
        shutil.copytree(sample / top / like, folder / top / slug)
    source = (sample / "cases" / like / "case.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(source, yaml.BaseLoader)  # noqa: S506 - it makes text of everything
    week = timedelta(weeks=1)
    data |= {
        "title": title,
        "opens": opens.isoformat(),
        "closes": (opens + week).isoformat(),
        "releases": (opens + 2 * week).isoformat(),
        "season": str(opens.year - 2000),
        "episode": str(number + 1),
        "topics": sorted(chance.sample(_TOPICS, 3)),
    }
    _dump(folder / "cases" / slug / "case.yml", {key: value for key, value in data.items() if key not in _NEVER})
    for place in (
        *(folder / "cases" / slug).rglob("*.md"),
        folder / "commentary" / slug / "commentary.md",
    ):
        head, text = _split_front_matter(
            _DAY.sub(opens.isoformat(), place.read_text(encoding="utf-8").replace(like, slug))
        )
        place.write_text(head + _exchange_words(text, chance, vocabulary), encoding="utf-8")
    quotes = folder / "cases" / slug / "quotes.yml"
    quotes.write_text(_DAY.sub(opens.isoformat(), quotes.read_text(encoding="utf-8")), encoding="utf-8")


def _split_front_matter(text: str) -> tuple[str, str]:
    """Front matter and text."""
    start, mark, text_after = text.partition("\n---\n") if text.startswith("---\n") else ("", "", text)
    return start + mark, text_after


def _exchange_words(text: str, chance: random.Random, vocabulary: list[str]) -> str:
    """A text with a share of its words exchanged; what has a meaning for the format stays."""

    def one(match: re.Match[str]) -> str:
        return chance.choice(vocabulary) if chance.random() < _EXCHANGED else match[0]

    lines = [line if _KEPT.match(line) or "[" in line else _WORD.sub(one, line) for line in text.splitlines()]
    return "\n".join(lines) + "\n"


def _dump(path: Path, data: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000), encoding="utf-8")
