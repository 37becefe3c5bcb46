"""What editors do to their files: begin a series or a case, import a discussion, withdraw, and see what is due."""
