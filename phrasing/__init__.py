"""Looks for phrases that make readers stop, in code and documentation: `python -m phrasing`."""
