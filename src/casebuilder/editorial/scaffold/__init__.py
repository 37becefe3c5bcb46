"""What a new case and a new series begin with: texts by path, and what to say to whoever asked for them.

Pure: the build writes what is made here, and only into a folder that is not there yet or empty. The texts lie in
`templates/`.
"""

from casebuilder.editorial.scaffold.case import Idea, new_case
from casebuilder.editorial.scaffold.series import new_series, source
from casebuilder.editorial.scaffold.texts import Scaffold, ScaffoldError

__all__ = ["Idea", "Scaffold", "ScaffoldError", "new_case", "new_series", "source"]
