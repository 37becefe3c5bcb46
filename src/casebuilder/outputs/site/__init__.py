"""The website: pages, head metadata, redirects, search, cards, web fonts, offline copy."""
