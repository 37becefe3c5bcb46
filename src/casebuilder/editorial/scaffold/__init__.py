"""The files of a new case or a new series: texts by path, and advice for the terminal.

Pure: the command line writes what is made here, and never over a file that is there. The texts lie in `templates/`.
"""

from casebuilder.editorial.scaffold.filling import Scaffold, ScaffoldError
from casebuilder.editorial.scaffold.newcase import Idea, new_case
from casebuilder.editorial.scaffold.newexpert import new_expert
from casebuilder.editorial.scaffold.newseries import Choices, new_series
from casebuilder.editorial.scaffold.openingdays import Gap, gaps
from casebuilder.editorial.scaffold.provenance import Source, named_source, source

__all__ = [
    "Choices",
    "Gap",
    "Idea",
    "Scaffold",
    "ScaffoldError",
    "Source",
    "gaps",
    "named_source",
    "new_case",
    "new_expert",
    "new_series",
    "source",
]
