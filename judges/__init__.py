"""Programs that we did not write, and what they say about the built site.

A judge is a module with one function, `judge(site) -> Verdict`. `python -m judges site` asks all of them, but
first each has to prove on a sample that it is awake (see `proof`).
"""
