"""Which characters the fonts of the packs have: the table that `casebuilder check` asks."""
