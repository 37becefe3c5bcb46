"""casebuilder publishes a curated case series: a site, feeds and printable packs from folders of Markdown."""

__version__ = "0.1.0"
