"""How far the suggested groups agree with the themes that the sample's curators found. A measure, and no goal.

Printed beside it is how far it would agree if no two contributions were in a group: with a few quotes a theme, most
pairs are apart.
"""

from __future__ import annotations

import sys
from pathlib import Path

from casebuilder import pipeline
from casebuilder.editorial.curation import suggestions


def main() -> int:
    """Print the groups of each record beside its themes, and the share of pairs on which they agree."""
    agreed = alone = every = 0
    for case in pipeline.read(Path()).series.cases:
        found = suggestions.suggest(case.contributions).groups or ()
        themes = {
            quote.source.contribution: quote.theme for quote in case.quotes if quote.theme and quote.source.contribution
        }
        if not (case.contributions and themes):
            continue
        print(f"\n{case.slug}: {len(case.contributions)} contributions")
        for theme in case.commentary.themes if case.commentary else ():
            print(f"  theme  {theme.title}: {', '.join(name for name in themes if themes[name] == theme.id)}")
        for group in found:
            print(f"  group  {', '.join(group.words)}: {', '.join(group.members)}")
        same, pairs = suggestions.agreement(found, themes)
        apart, _ = suggestions.agreement((), themes)
        print(f"  agree on {same} of {pairs} pairs ({same / pairs:.0%}); without any group {apart / pairs:.0%}")
        agreed, alone, every = agreed + same, alone + apart, every + pairs
    print(f"\nall: {agreed} of {every} pairs ({agreed / every:.1%}); without any group {alone / every:.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
