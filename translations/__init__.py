"""Keeps the catalogues of translations in step with the code: `python -m translations`, which `make words` runs."""
