"""Every link of the site to itself, by lychee: is there such a page, and such a place on that page?"""

from __future__ import annotations

import json
import re
import sys
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from judges.verdict import Verdict, ask, mounted

if TYPE_CHECKING:
    from judges.verdict import Mounted

# lychee reads these as plain text, where the links inside a feed's escaped HTML stay hidden from it.
_ESCAPED = {".xml", ".json", ".ics"}


def judge(site: Path) -> Verdict:
    """Ask lychee about every page, feed and data file of the site."""
    with mounted(site) as mount:
        inputs = [*sorted(mount.site.rglob("*.html")), *_write_own_addresses(mount)]
        list_file = mount.root.parent / "inputs"
        list_file.write_text("\n".join(map(str, inputs)), encoding="utf-8")
        report = json.loads(
            ask(
                Path(sys.executable).with_name("lychee"),
                "--offline",
                "--include-fragments=full",
                "--index-files=index.html",
                "--no-progress",
                "--format=json",
                f"--root-dir={mount.root}",
                f"--remap=^{re.escape(mount.address)} file://{mount.site}/",
                f"--files-from={list_file}",
            )
        )
        broken: dict[str, list[str]] = {}
        for file, failures in report["error_map"].items():
            for failure in failures:
                address = failure["url"].replace(f"file://{mount.site}/", mount.address)
                name = Path(file).relative_to(mount.root.parent).as_posix()
                broken.setdefault(f"{address}: {failure['status']['text']}", []).append(name)
    findings = (f"{link} ({len(files)} times, first in {min(files)})" for link, files in sorted(broken.items()))
    return Verdict(f"{report['total']} links in {len(inputs)} files", tuple(findings))


def _write_own_addresses(mount: Mounted) -> list[Path]:
    """Write the site's own addresses out of each feed and data file into a text file of its own."""
    own_address = re.compile(re.escape(mount.address) + r"[^\s\"'<>\\)]*")
    copies = []
    for file in sorted(path for path in mount.site.rglob("*") if path.suffix in _ESCAPED):
        unfolded = file.read_bytes().replace(b"\r\n ", b"").decode()  # a calendar folds its long lines
        if addresses := sorted(set(own_address.findall(unescape(unfolded)))):
            copy = mount.root.parent / "own" / file.relative_to(mount.root).with_suffix(f"{file.suffix}.txt")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text("\n".join(addresses), encoding="utf-8")
            copies.append(copy)
    return copies
