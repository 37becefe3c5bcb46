"""Fuzzing that follows which lines of the program an input reaches; `make fuzz` runs it where atheris installs."""
