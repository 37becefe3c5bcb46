"""`python -m casebuilder` is the command."""

from casebuilder.cli import main

main()
