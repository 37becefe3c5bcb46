"""The kinds of files that authors write, and the type of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casebuilder.model import CommentaryData, Contribution, Figures, Metric, Quote, ResponseData
from casebuilder.model.case import CaseData
from casebuilder.model.series import CollectionData, PersonData, Settings


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        name: one word: "case".
        type: a type of the model, or a tuple of them.
        files: a description of the files of this kind.
    """

    name: str
    type: Any
    files: str


FORMATS = (
    Format("case", CaseData, "cases/<slug>/case.yml"),
    Format("quotes", tuple[Quote, ...], "cases/<slug>/quotes.yml"),
    Format("metrics", tuple[Metric, ...], "commentary/<slug>/metrics.yml"),
    Format("figures", Figures, "commentary/<slug>/figures.yml, which casebuilder stats --write makes"),
    Format("collection", CollectionData, "collections/<id>.yml"),
    Format("response", ResponseData, "the front matter of cases/<slug>/responses/<person>.md"),
    Format("commentary", CommentaryData, "the front matter of commentary/<slug>/commentary.md"),
    Format("person", PersonData, "the front matter of experts/<person>.md"),
    Format("contribution", Contribution, "a line of commentary/<slug>/discussion.jsonl"),
    Format("settings", Settings, "the options of the casebuilder plugin in mkdocs.yml"),
)
