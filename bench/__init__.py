"""Where the time goes, measured on the machine at hand. `python -m bench` prints it."""
