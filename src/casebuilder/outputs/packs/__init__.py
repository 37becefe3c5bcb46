"""The packs that a teacher prints: their views and templates, the press that prints them, and PDF itself."""
