"""The JSON Schemas that the site publishes, by JSON Schema's own meta-schema."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from judges.verdict import Verdict, ask


def judge(site: Path) -> Verdict:
    """Ask check-jsonschema about every schema of the site."""
    schemas = sorted(site.glob("schema/*.json"))
    if not schemas:
        return Verdict("no schema", ("the site has no schema",))
    checker = Path(sys.executable).with_name("check-jsonschema")
    report = json.loads(ask(checker, "--check-metaschema", "--output-format", "json", *schemas))
    findings = [
        f"{error['filename']}: {error.get('path', '')}: {error['message']}"
        for error in [*report.get("errors", []), *report.get("parse_errors", [])]
    ]
    return Verdict(f"{len(schemas)} schemas", tuple(findings))
