"""The page of the desk, and the server behind it on this machine."""
