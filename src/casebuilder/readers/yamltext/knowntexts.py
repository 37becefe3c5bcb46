"""What was read in YAML texts, kept from one run to the next: `check` reads only those that have changed."""

from __future__ import annotations

from casebuilder.keptresults import KeptResults

KNOWN = KeptResults(
    packages=["casebuilder.readers.yamltext", "casebuilder.model"],
    modules=[f"casebuilder.{name}" for name in ("hosts", "lazynames", "markup", "problems", "slugs", "text")],
    libraries=["yaml"],
)
