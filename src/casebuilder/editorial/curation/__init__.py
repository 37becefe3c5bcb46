"""The curation desk: from the record of a discussion to themes and quotes, in a browser or in one file."""
