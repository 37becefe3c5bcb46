"""The files of a new case or a new series: texts by path, and advice for the terminal.

Pure: the build writes what is made here, and only into a folder that is not there yet or empty. The texts lie in
`templates/`.
"""

from casebuilder.editorial.scaffold.case import Idea, new_case
from casebuilder.editorial.scaffold.expert import new_expert
from casebuilder.editorial.scaffold.series import new_series, source
from casebuilder.editorial.scaffold.texts import Scaffold, ScaffoldError

__all__ = ["Idea", "Scaffold", "ScaffoldError", "new_case", "new_expert", "new_series", "source"]
