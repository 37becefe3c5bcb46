"""The addresses of a site's pages, below its root, which never change once they are public."""

from __future__ import annotations


def of_case(slug: str) -> str:
    """Return the page of a case, by its folder: "cases/2026-03-late-handover/"."""
    return f"cases/{slug}/"


def of_person(name: str) -> str:
    """Return the page of a person, by the name of their profile: "experts/amara-diallo/"."""
    return f"experts/{name}/"


def of_collection(name: str) -> str:
    """Return the page of a collection, by its id."""
    return f"collections/{name}/"


def of_topic(slug: str) -> str:
    """Return the page of a topic, by its form in addresses: "topics/patient-safety/"."""
    return f"topics/{slug}/"


def full(site_url: str, address: str) -> str:
    """Return the full address of a page, from its address below the root; empty if the site has none."""
    return f"{site_url}{address}" if site_url else ""
