"""Home, a case and the list of cases on Lighthouse's slow phone: scores, and what a page weighs before any download."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from judges.verdict import INSTALLED, Verdict, mounted

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIGHTHOUSE = INSTALLED / "node_modules/.bin/lighthouse"
_FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking --no-first-run"
#: The least of a hundred that each score must be.
_LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 95}
#: Bytes on their way to a reader: of a page with all that it loads, and of the scripts among them.
_WEIGHT, _SCRIPT = 200_000, 60_000
#: What GitHub Pages compresses.
_TEXT = {".html", ".css", ".js", ".json", ".xml", ".svg", ".ics", ".txt"}


def judge(site: Path) -> Verdict:
    """Ask Lighthouse about three pages; the heaviest case stands for all of them."""
    cases = (path for path in site.glob("cases/*/index.html"))
    heaviest = max(cases, key=lambda path: path.stat().st_size, default=site / "index.html")
    pages = [page for page in (site / "index.html", heaviest, site / "cases" / "index.html") if page.is_file()]
    findings, summaries = [], []
    with mounted(site) as mount, _serve_folder(mount.root) as host:
        for page in dict.fromkeys(pages):
            path = f"{mount.site.relative_to(mount.root)}/{page.relative_to(site)}".removesuffix("index.html")
            report = _run_lighthouse(f"{host}/{path}")
            scores = {name: round(100 * report["categories"][name]["score"]) for name in _LEAST}
            weight, script = _measure_weights(report)
            summaries.append(f"{page.relative_to(site)} {'/'.join(map(str, scores.values()))}, {weight // 1000} kB")
            findings += [
                f"{page}: {name} is {score}, and not {_LEAST[name]}: {_failed_audits(report, name)}"
                for name, score in scores.items()
                if score < _LEAST[name]
            ]
            for subject, size, limit in (("the page", weight, _WEIGHT), ("its script", script, _SCRIPT)):
                if size > limit:
                    findings.append(f"{page}: {subject} weighs {size} bytes, and may weigh {limit}")
    return Verdict(f"({'/'.join(_LEAST)}) {'; '.join(summaries)}", tuple(findings))


def _run_lighthouse(url: str) -> Any:  # noqa: ANN401 - Lighthouse's own JSON
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    with TemporaryDirectory() as folder:
        output = Path(folder) / "report.json"
        options = ["--quiet", "--output=json", f"--output-path={output}", f"--chrome-flags={_FLAGS}"]
        environment = {**os.environ, "CHROME_PATH": chromium, "CI": "1"}
        completed = subprocess.run(
            [str(_LIGHTHOUSE), url, *options], env=environment, capture_output=True, text=True, check=False
        )
        if not output.is_file():
            raise SystemExit(f"lighthouse said nothing (exit {completed.returncode})\n{completed.stderr}")
        return json.loads(output.read_text(encoding="utf-8"))


def _measure_weights(report: Any) -> tuple[int, int]:  # noqa: ANN401 - Lighthouse's own JSON
    requests = report["audits"]["network-requests"]["details"]["items"]
    scripts = (item["transferSize"] for item in requests if item.get("resourceType") == "Script")
    return sum(item["transferSize"] for item in requests), sum(scripts)


def _failed_audits(report: Any, category: str) -> str:  # noqa: ANN401 - Lighthouse's own JSON
    """The audits that cost the category its points."""
    audits = (one["id"] for one in report["categories"][category]["auditRefs"] if one["weight"])
    failed = [report["audits"][name] for name in audits if (report["audits"][name]["score"] or 0) < 1]
    return "; ".join(f"{audit['id']} {audit.get('displayValue', '')}".strip() for audit in failed)


@contextmanager
def _serve_folder(root: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Compressing(SimpleHTTPRequestHandler):
    """Serves files as GitHub Pages does: connections kept, text compressed, ten minutes in the browser's cache."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in _TEXT or not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""
