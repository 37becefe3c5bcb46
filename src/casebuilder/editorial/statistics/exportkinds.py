"""Which program made an export of visits, by the names of its columns, in the languages in which it writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Kind:
    """What a program exports.

    Attributes:
        tool: its name.
        path: the columns of the page.
        sums: the columns of numbers, by figure; of several names the first that is there. Views are added up over rows;
            visitors are not, since the same person can be in several rows.
        day: the columns of the day or the time; an export without one is a sum over days.
        needed: columns that must be there: other programs call a column "path" or "name", too.
        row_is_view: each row is one page view, with a session and a place.
    """

    tool: str
    path: tuple[str, ...]
    sums: Mapping[str, tuple[str, ...]]
    day: tuple[str, ...] = ("date",)
    needed: frozenset[str] = frozenset()
    row_is_view: bool = False


#: Google Analytics translates the names of its columns: English, German, Spanish, French, Portuguese, Japanese.
_GOOGLE = Kind(
    "Google Analytics 4",
    (
        "page path and screen class", "page path", "page path + query string", "page location", "full page url",
        "seitenpfad und bildschirmklasse", "seitenpfad", "ruta de página y clase de pantalla", "ruta de la página",
        "chemin de la page et classe de l'écran", "chemin de la page", "caminho da página e classe da tela",
        "caminho da página", "ページパスとスクリーン クラス", "ページパス + クエリ文字列", "ページパス",
    ),
    {
        "page-views": (
            "views", "screen_page_views", "screenpageviews", "aufrufe", "vistas", "vues", "visualizações", "表示回数",
        ),
        "visitors": (
            "active users", "total users", "users", "activeusers", "aktive nutzer", "nutzer insgesamt",
            "usuarios activos", "total de usuarios", "utilisateurs actifs", "nombre total d'utilisateurs",
            "usuários ativos", "total de usuários", "アクティブ ユーザー", "総ユーザー数",
        ),
    },
    day=("date + hour (yyyymmddhh)", "date hour", "datehour", "date", "datum", "fecha", "data", "日付"),
)  # fmt: skip
_VISITS = {"page-views": ("pageviews",), "visitors": ("visitors",)}
KINDS = (
    Kind(
        "GoatCounter",
        ("3path", "2path", "1path", "path"),
        {},
        needed=frozenset(("session", "firstvisit", "bot", "date")),
        row_is_view=True,
    ),
    Kind("Plausible", ("page",), _VISITS),
    Kind("Plausible", ("name",), _VISITS),
    Kind(
        "Matomo",
        ("label", "page url", "url"),
        {"page-views": ("nb_hits", "pageviews"), "visitors": ("nb_uniq_visitors", "unique visitors")},
    ),
    _GOOGLE,
)
_OF_A_VIEW = ("session", "bot", "location", "event")
#: Matomo marks the sum of a folder, beside the pages in it, if somebody asks for both.
_SUM = ("metadata_is_aggregate", "is_aggregate")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by what they hold, as numbers from 0.

    Attributes:
        kind: of the program.
        path: the page.
        figures: the numbers by figure.
        day: the day or the time; None if it has none.
        others: session, place and so on of a page view, by their names; and "sum" if a column marks sums of rows.
    """

    kind: Kind
    path: int
    figures: Mapping[str, int]
    day: int | None
    others: Mapping[str, int]


def columns(row: Sequence[str]) -> Columns | None:
    """Return the columns that a row names; None if it is not the head of a table of pages."""
    head = [_comparable_name(cell) for cell in row]
    return next((kind_columns for kind in KINDS if (kind_columns := _columns_of_kind(kind, head))), None)


def _comparable_name(name: str) -> str:
    return re.sub(r"\s+", " ", name.replace("’", "'")).strip().lower()


def _columns_of_kind(kind: Kind, head: Sequence[str]) -> Columns | None:
    path = _first_column(kind.path, head)
    figures = {name: place for name, names in kind.sums.items() if (place := _first_column(names, head)) is not None}
    if path is None or not kind.needed <= {*head} or (kind.sums and "page-views" not in figures):
        return None
    other_columns = {name: head.index(name) for name in _OF_A_VIEW if kind.row_is_view and name in head}
    if (place := _first_column(_SUM, head)) is not None:
        other_columns["sum"] = place
    return Columns(kind, path, figures, _first_column(kind.day, head), other_columns)


def _first_column(names: Sequence[str], head: Sequence[str]) -> int | None:
    """Return the column of the first of some names that a table has."""
    return next((head.index(name) for name in names if name in head), None)
