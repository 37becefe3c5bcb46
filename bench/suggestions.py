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
    agreed = agreed_without = all_pairs = 0
    for case in pipeline.read(Path()).series.cases:
        groups = suggestions.suggest(case.contributions).groups or ()
        themes = {
            quote.source.contribution: quote.theme for quote in case.quotes if quote.theme and quote.source.contribution
        }
        if not (case.contributions and themes):
            continue
        print(f"\n{case.slug}: {len(case.contributions)} contributions")
        for theme in case.commentary.themes if case.commentary else ():
            print(f"  theme  {theme.title}: {', '.join(name for name in themes if themes[name] == theme.id)}")
        for group in groups:
            print(f"  group  {', '.join(group.words)}: {', '.join(group.members)}")
        agreeing, pairs = suggestions.agreement(groups, themes)
        agreeing_without, _ = suggestions.agreement((), themes)
        without = f"without any group {agreeing_without / pairs:.0%}"
        print(f"  agree on {agreeing} of {pairs} pairs ({agreeing / pairs:.0%}); {without}")
        agreed, agreed_without, all_pairs = agreed + agreeing, agreed_without + agreeing_without, all_pairs + pairs
    without = f"without any group {agreed_without / all_pairs:.1%}"
    print(f"\nall: {agreed} of {all_pairs} pairs ({agreed / all_pairs:.1%}); {without}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
