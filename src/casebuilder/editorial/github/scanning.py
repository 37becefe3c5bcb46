"""The check's report for GitHub's code scanning."""

from __future__ import annotations

import base64
import gzip
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.editorial.github.api import GitHub


def send_sarif(github: GitHub, environment: Mapping[str, str], sarif: str) -> None:
    """Send a report in SARIF for the commit of this run.

    Raises:
        casebuilder.editorial.github.api.GitHubError: GitHub cannot be asked, or refuses.
    """
    packed = base64.b64encode(gzip.compress(sarif.encode(), mtime=0)).decode()
    commit, ref = (environment.get(name, "") for name in ("GITHUB_SHA", "GITHUB_REF"))
    github.send("POST", "code-scanning/sarifs", {"commit_sha": commit, "ref": ref, "sarif": packed})
