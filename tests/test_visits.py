"""Figures of visits, from CSV exports in the shapes that four programs write."""

from __future__ import annotations

import gzip
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import zoo_keeper
from casebuilder import pipeline
from casebuilder.cli import main
from casebuilder.editorial.statistics import analytics, with_visits
from series_factory import ZONE

if TYPE_CHECKING:
    from pathlib import Path

SLUG = "2026-03-late-handover"
OPENS = datetime(2026, 3, 3, tzinfo=ZONE)
MATOMO = (
    "label,nb_visits,nb_hits,nb_uniq_visitors,url\n"
    f"/cases/{SLUG}/,90,120,80,https://example.org/cases/{SLUG}/\n/cases/other/,5,7,5,https://example.org/cases/other/\n"
)
PLAUSIBLE = (
    "date,hostname,page,visits,visitors,pageviews,total_scroll_depth\n"
    f"2026-03-02,example.org,/cases/{SLUG}/,9,9,9,0\n2026-03-03,example.org,/cases/{SLUG}/,10,8,12,0\n"
    f"2026-03-09,example.org,/cases/{SLUG}/,3,3,4,0\n2026-03-10,example.org,/cases/{SLUG}/,50,50,50,0\n"
)
PLAUSIBLE_TOP = f"name,visitors,pageviews,bounce_rate,time_on_page\n/cases/{SLUG}/,11,16,40,33\n/,99,99,1,1\n"
GOATCOUNTER = (
    "2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,"
    "FirstVisit,Date\n"
    f"/cases/{SLUG}/,T,false,,,,s1,0,,,,IE,true,2026-03-03T08:00:00Z\n"
    f"/cases/{SLUG}/,T,false,,,,s1,0,,,,IE,false,2026-03-03T09:00:00Z\n"
    f"/cases/{SLUG}/,T,false,,,,s2,0,,,,US-TX,true,2026-03-09T23:59:00Z\n"
    f"/cases/{SLUG}/,T,false,,,,s3,3,,,,US,true,2026-03-04T08:00:00Z\n"
    f"/cases/{SLUG}/,T,false,,,,s4,0,,,,PH,true,2026-03-10T00:01:00Z\n"
    "/about/,T,false,,,,s5,0,,,,PH,true,2026-03-04T08:00:00Z\n"
)
GA4 = (
    "# ----------------------------------------\n# Pages and screens\n# Start date: 20260303\n# End date: 20260309\n\n"
    "Page path and screen class,Views,Active users,Views per active user\n"
    f'/cases/{SLUG}/,"1,204",400,3.01\n/cases/{SLUG}/?utm_source=x,6,5,1.2\n/,10,9,1.1\n'
)


@pytest.mark.parametrize(
    ("text", "figures", "tool"),
    [
        (MATOMO, {"page-views": 120, "visitors": 80}, "Matomo"),
        (PLAUSIBLE, {"page-views": 16}, "Plausible"),
        (PLAUSIBLE_TOP, {"page-views": 16, "visitors": 11}, "Plausible"),
        (GOATCOUNTER, {"page-views": 3, "visitors": 2, "countries": 2}, "GoatCounter"),
        (GA4, {"page-views": 1210}, "Google Analytics 4"),
        (GA4.replace(",", ";").replace("1;204", "1,204"), {"page-views": 1210}, "Google Analytics 4"),
    ],
    ids=["matomo", "plausible", "plausible-top", "goatcounter", "ga4", "ga4-semicolons"],
)
def test_each_program_is_known_by_its_columns(text: str, figures: dict[str, int], tool: str) -> None:
    table_read = analytics.read(text, SLUG, OPENS, 168)
    assert (table_read.figures, table_read.tool) == (figures, tool)


@pytest.mark.parametrize(
    ("text", "figures", "note"),
    [
        (PLAUSIBLE, {"page-views": 16}, "a row for each day"),
        (PLAUSIBLE.replace("2026-03-09,", "2026-04-09,"), {"page-views": 12, "visitors": 8}, ""),
        (GA4, {"page-views": 1210}, "2 rows of the case"),
        (GA4.replace(f"/cases/{SLUG}/?utm", "/other/?utm"), {"page-views": 1204, "visitors": 400}, ""),
        (MATOMO.replace("nb_uniq_visitors", "sum_daily_nb_uniq_visitors"), {"page-views": 120}, "no column of unique"),
    ],
)  # fmt: skip
def test_visitors_are_not_added_up_over_rows(text: str, figures: dict[str, int], note: str) -> None:
    """Eight on one day and three on another are between eight and eleven people."""
    table_read = analytics.read(text, SLUG, OPENS, 168)
    assert table_read.figures == figures
    assert note in table_read.note
    assert bool(note) is bool(table_read.note)


def google(head: str, *rows: str, days: str = "Start date: 20260303\n# End date: 20260309") -> str:
    return f"# {'-' * 40}\n# Account: A\n#\n# All Users\n# {days}\n\n{head}\n" + "".join(f"{row}\n" for row in rows)


PAGE = f"/cases/{SLUG}/"
ENGLISH = "Page path and screen class,Views,Active users"


@pytest.mark.parametrize(
    ("text", "views"),
    [
        (google("Ruta de página y clase de pantalla;Vistas;Usuarios activos", f"{PAGE};1.204;400"), 1204),
        (google("Chemin de la page et classe de l’écran;Vues", f"{PAGE};1\u202f204"), 1204),
        (google("ページパスとスクリーン クラス,表示回数", f"{PAGE},7", days="開始日: 20260303\n# 終了日: 20260309"), 7),
        (google(f"{ENGLISH}", f"{PAGE},5,4", "", "# Mobile", ENGLISH, f"{PAGE},3,2"), 5),
        (google("Nth day,Views", *(f"{day:04},1" for day in range(90)), "", ENGLISH, f"{PAGE},5,4"), 5),
        (
            google(
                f"Date,{ENGLISH}", ",,99,50", f"20260302,{PAGE},9,9", f"20260309,{PAGE},2,1", days="20260101-20260930"
            ),
            2,
        ),
        (f"Date,Label,Unique Pageviews,Pageviews\n2026-03-03,{PAGE}index,1,2\n2026-04-03,{PAGE}index,5,6\n", 2),
        (f"label,nb_hits,metadata_is_aggregate\n{PAGE},7,1\n{PAGE}index,5,0\n{PAGE}versions,2,0\n", 7),
        (f"label\tnb_visits\tnb_hits\n{PAGE}\t1\t12.00\n", 12),
    ],
    ids=["es", "fr", "ja", "compared", "chart-above", "by-day", "matomo-by-day", "matomo-sums", "tabs"],
)
def test_exports_as_programs_of_today_write_them(text: str, views: int) -> None:
    table_read = analytics.read(text, SLUG, OPENS, 168)
    assert table_read.figures["page-views"] == views
    assert ("several tables" in str(table_read.remarks)) is ("Mobile" in text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (google(ENGLISH, f"{PAGE},5,4", days="Start date: 20260101\n# End date: 20260923"), "2026-03-03 to 2026-03-09"),
        (google(ENGLISH, f"{PAGE},1.2K,4"), "not a whole number"),
        ("Seite,Besuche\n/,4\n", "English"),
    ],
)
def test_what_would_be_a_wrong_figure_is_refused(text: str, said: str) -> None:
    with pytest.raises(analytics.ExportError, match=said):
        analytics.read(text, SLUG, OPENS, 168)


def test_hours_are_counted_where_an_export_has_them_and_whole_days_are_said() -> None:
    evening = OPENS.replace(hour=20)
    hours = [f"2026030{day}{hour:02},{PAGE},1" for day in (3, 4, 5) for hour in (19, 20)]
    by_hour = analytics.read(google("Date + hour (YYYYMMDDHH),Page path,Views", *hours), SLUG, evening, 48)
    assert (by_hour.figures, by_hour.remarks) == ({"page-views": 4}, ())
    by_day = analytics.read(PLAUSIBLE, SLUG, evening, 48)
    assert by_day.figures == {"page-views": 12, "visitors": 8}
    assert "2026-03-03 to 2026-03-05" in by_day.remarks[0]


def test_matomo_writes_utf_16_and_goatcounter_compresses() -> None:
    assert analytics.decoded(MATOMO.encode("utf-16")) == MATOMO
    assert analytics.decoded(MATOMO.encode("utf-8-sig")) == MATOMO
    assert analytics.decoded(gzip.compress(GOATCOUNTER.encode())) == GOATCOUNTER
    for broken, said in ((gzip.compress(b"a" * 99)[:-9], "incomplete"), (b"PK\x03\x04", "zip"), (b"%PDF-1.7", "PDF")):
        with pytest.raises(analytics.ExportError, match=said):
            analytics.decoded(broken)


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", MATOMO.replace(SLUG, "2026-03-late"), '"', "name,visitors\nDublin,4\n"]
)
def test_an_export_without_a_figure_of_the_case_is_refused(text: str) -> None:
    with pytest.raises(analytics.ExportError):
        analytics.read(text, SLUG, OPENS, 168)


def test_an_export_is_added_once(tmp_path: Path) -> None:
    root = zoo_keeper.lay_out("_sound", tmp_path)
    export = tmp_path / "goatcounter.csv"
    export.write_text(GOATCOUNTER, encoding="utf-8")
    order = ["stats", SLUG, "--import", str(export), "--source", "Our own server", "--series", str(root)]
    for _ in range(2):
        result = CliRunner().invoke(main, order)
        assert result.exit_code == 0, result.output
    reading = pipeline.read(root)
    assert reading.problems == ()
    added = [metric for metric in reading.series.cases[0].metrics if metric.tool]
    assert [(one.name, one.value, one.hours, one.source) for one in added] == [
        ("page-views", 2, 168, "Our own server"),
        ("visitors", 1, 168, "Our own server"),
        ("countries", 1, 168, "Our own server"),
    ]
    early, case = date(2026, 3, 5), reading.series.cases[0]
    with pytest.raises(analytics.ExportError, match="are over on"):
        with_visits(case, "", [("a.csv", MATOMO.encode())], zone=ZONE, collected=early, source="")
    typed = added[0].model_copy(update={"tool": "Matomo 5.1"})
    known = case.model_copy(update={"metrics": (typed,)})
    text, notes = with_visits(known, "", [("a.csv", MATOMO.encode())], zone=ZONE, collected=date(2026, 4, 1), source="")
    assert "page-views" not in text
    assert "page-views by Matomo is in metrics.yml already: left unchanged" in notes
