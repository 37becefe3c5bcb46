"""The address of a site, and the host in ids."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Annotated, TypeAlias
from urllib.parse import SplitResult, quote, urlsplit

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from casebuilder.model.base import one_line
from casebuilder.model.codes import as_url
from casebuilder.text import straight_quotes

#: A host name, such as example.org.
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+", re.IGNORECASE)
_EXAMPLE = "such as https://example.org/our-series/"


def _split_address(value: str) -> SplitResult | None:
    """Split a full http or https address; None for anything else."""
    with suppress(ValueError):
        parts = urlsplit(value)
        if parts.scheme in {"http", "https"} and parts.hostname and not re.search(r"[\s<>\"]", value):
            return parts
    return None


def _address_hint(value: str) -> str:
    """Return a hint how to write the address of a site for feeds and packs; empty if it is right."""
    return _hint_for_another_address(value) or _hint_for_form(value)


def _hint_for_another_address(value: str) -> str:
    """Return a hint for an address with a space in it, of a page, or of the repository; empty for any other."""
    if (compact := re.sub(r"\s+", "", value)) != value and _split_address(compact):
        return f"delete the space: {compact}"
    parts = _split_address(value)
    if parts and (page := re.search(r"/[\w-]+\.html?$", parts.path)):
        return f"delete the name of the page: {value[: len(value) - len(page[0])]}/"
    if parts and parts.hostname in {"github.com", "www.github.com"}:
        owner, _, name = parts.path.strip("/").partition("/")
        site = f"https://{owner or 'OWNER'}.github.io/{name.partition('/')[0] or 'NAME'}/".lower()
        return f"this is the address of the repository; that of the site is probably {site}"
    return ""


def _hint_for_form(value: str) -> str:
    """Return a hint for an address that is not one, or has a name, a query, or letters of other alphabets."""
    parts = _split_address(value)
    if parts is None:
        without_scheme = re.sub(r"^\w*:?/+", "", value).rstrip("/")
        return f"write https://{without_scheme}/" if _HOST.fullmatch(without_scheme.partition("/")[0]) else _EXAMPLE
    if "@" in parts.netloc:  # it is in every feed and pack
        return f"delete the name and password: {parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    if parts.query or parts.fragment or value.endswith(("?", "#")):
        return f"delete what follows the path: {re.split('[?#]', value)[0]}"
    if not value.isascii():
        with suppress(UnicodeError):
            host = str(parts.hostname).encode("idna").decode()
            return f"write it in plain letters: {parts.scheme}://{host}{quote(parts.path, safe='/%')}"
        return _EXAMPLE
    return ""


def _as_site(value: str) -> str:
    """Return the address of a site with a slash at its end; empty if it has none."""
    if value and (hint := straight_quotes(value) or _address_hint(value)):
        message = '"{value}" is not a full web address'
        raise PydanticCustomError("bad-url", message, {"value": value, "hint": hint})
    return value if value.endswith("/") or not value else f"{value}/"


def _as_address_of_host(value: str) -> str:
    """Return a host name, alone or in an address, as an address."""
    address = value if "//" in value or not value else f"https://{value}"
    parts = _split_address(address)
    if value and (_address_hint(address) or not parts or not _HOST.fullmatch(str(parts.hostname))):
        hint = "write the name of a host, such as our-series.example.org; it need not exist"
        raise PydanticCustomError("bad-value", '"{value}" cannot be part of ids', {"value": value, "hint": hint})
    return address if address.endswith("/") or not address else f"{address}/"


#: An email address; quoted names and addresses of hosts in brackets are not among those that people write to.
_EMAIL = re.compile(r"[^\W_][\w.+%'-]*@(?:[^\W_][\w-]*\.)+[^\W\d_][\w-]+")
#: "at" and "dot" in place of the signs, against programs that collect addresses; or blanks around the sign.
_SPELT_AT = re.compile(r"(?:\s+at\s+|\s*[(\[{<]\s*(?:at|@)\s*[)\]}>]\s*|\s+@\s*|\s*@\s+)", re.IGNORECASE)
_SPELT_DOT = re.compile(r"(?:\s+dot\s+|\s*[(\[{<]\s*(?:dot|\.)\s*[)\]}>]\s*)", re.IGNORECASE)


def _as_contact(value: str) -> str:
    """Return where people write, without `mailto:`; a text that is neither an email nor a web address is refused."""
    contact = re.sub("^mailto:", "", one_line(value), flags=re.IGNORECASE)
    if not contact or _EMAIL.fullmatch(contact):
        return contact
    spelt = _SPELT_DOT.sub(".", _SPELT_AT.sub("@", contact))
    found = _EMAIL.search(spelt.partition("://")[2] or spelt) if spelt != contact or "//" not in contact else None
    if found or ("//" not in contact and ("@" in contact or "." not in contact)):
        hint = f"write {found[0]}" if found else "write the email address alone, such as editors@example.org"
        what = "not an email address" if found or "@" in contact else "neither an email nor a web address"
        message = '"{value}" is {what}'
        raise PydanticCustomError("bad-url", message, {"value": value, "what": what, "hint": hint})
    return as_url(contact)


#: An email or a web address; may be empty.
Contact: TypeAlias = Annotated[str, AfterValidator(_as_contact)]
#: The address before every link in feeds and packs; may be empty.
SiteAddress: TypeAlias = Annotated[str, AfterValidator(_as_site)]
#: The address that ids begin with; may be empty.
IdBase: TypeAlias = Annotated[str, AfterValidator(_as_address_of_host)]


def old_name(alias: str) -> str:
    """Return the name below `cases/` that an alias means, with or without the rest of the address."""
    return alias.strip("/").removeprefix("cases/")
