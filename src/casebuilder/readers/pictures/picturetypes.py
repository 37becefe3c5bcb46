"""The type of a picture file: by its name, and by its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

JPEG, PNG, WEBP, SVG, GIF = "JPEG", "PNG", "WebP", "SVG", "GIF"
#: Types that pages, packs and e-readers all show.
SHOWN = {".jpg": JPEG, ".jpeg": JPEG, ".png": PNG, ".webp": WEBP, ".svg": SVG}
#: Types that hand-written pages and the theme may show, and that we can clean.
CLEANED = {**SHOWN, ".gif": GIF}
#: The file name ending of each type.
_ENDINGS = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp", SVG: ".svg"}
_HEIC, _VIDEO, _SOUND = "HEIC", "video", "sound"
#: Names of other types of pictures, by the endings of their files.
OTHERS = {
    ".heic": _HEIC, ".heif": _HEIC, ".avif": "AVIF", ".gif": GIF, ".tif": "TIFF", ".tiff": "TIFF", ".bmp": "BMP",
    ".jfif": JPEG, ".jpe": JPEG, ".jp2": "JPEG 2000", ".jxl": "JPEG XL", ".ico": "ICO", ".dcm": "DICOM", ".psd": "PSD",
    ".ai": "Illustrator", ".eps": "EPS", ".emf": "EMF", ".wmf": "WMF", ".svgz": "SVGZ", ".drawio": "draw.io",
    ".dng": "DNG", ".raw": "RAW", ".cr2": "RAW", ".nef": "RAW", ".arw": "RAW",
}  # fmt: skip
#: Files of other programs that people name as pictures.
_DOCUMENTS = {
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pages"), "Word"),
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".csv", ".numbers"), "Excel"),
    **dict.fromkeys((".pptx", ".ppt", ".odp", ".key"), "PowerPoint"),
    **dict.fromkeys((".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v", ".wmv"), _VIDEO),
    **dict.fromkeys((".mp3", ".m4a", ".wav", ".ogg"), _SOUND),
    **dict.fromkeys((".html", ".htm", ".mhtml"), "HTML"),
    ".pdf": "PDF",
}
#: Types among these that browsers may show, but that we cannot clean of positions.
UNCLEANED = frozenset((".heic", ".heif", ".avif", ".tif", ".tiff", ".jfif", ".jpe", ".jp2", ".jxl", ".dng"))
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", GIF),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"%PDF", "PDF"),
    (b"%!PS", "EPS"),
    (b"8BPS", "PSD"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\0\0\x01\0", "ICO"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"version https://git-lfs", "Git LFS pointer"),
)
_HEIF_BRANDS = {b"avif": "AVIF", b"avis": "AVIF"}
_REMEDY = "open it in a program for pictures, and save it as .jpg or .png"
_REMEDIES = (
    ({_HEIC}, "iPhone pictures (.heic) cannot be shown. Save it as .jpg."),
    (
        {"Illustrator", "EPS", "EMF", "WMF", "SVGZ", "gzip", "draw.io", "PDF", "Word", "Excel", "PowerPoint"},
        "export it as .svg or .png from the program that it was made in",
    ),
    ({"Git LFS pointer"}, "the picture itself is not here: run git lfs pull, or store it without Git LFS"),
    ({GIF}, "save it as .png; a moving picture does not move on paper, so save the frames that matter"),
    ({_VIDEO, _SOUND}, "write a link to where it can be seen or heard in its place, or save one picture of it as .jpg"),
    ({"HTML"}, "a web page was saved in place of the picture: open the picture itself, and save that"),
)
_MARKUP = re.compile(r"<(?:[a-z][\w.-]*:)?svg[\s>/]", re.IGNORECASE)
_HTML = re.compile(r"<!doctype html|<html[\s>]", re.IGNORECASE)


def of_name(path: str) -> str:
    """Return the type that a file's name promises; empty if it is unknown or cannot be cleaned."""
    return CLEANED.get(PurePosixPath(path).suffix.lower(), "")


def kind_not_shown(path: str) -> str:
    """Return the kind of a file that cannot be shown as a picture, by its ending; empty if it can be, or is unknown."""
    ending = PurePosixPath(path).suffix.lower()
    kind = OTHERS.get(ending) or _DOCUMENTS.get(ending, "")
    return ending if kind in SHOWN.values() else kind


def of_content(content: bytes) -> str:
    """Return the type of a file from its content; empty if it is unknown."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        return _HEIF_BRANDS.get(brand, _HEIC if brand[:2] in {b"he", b"mi", b"ms"} else _VIDEO)
    if content[128:132] == b"DICM":
        return "DICOM"
    return _kind_of_text(content)


def _kind_of_text(content: bytes) -> str:
    """Return the type of a text file: SVG or a web page. A drawing may begin with comments of any length."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if wide else "latin-1", errors="replace")
    if _HTML.search(text[:1024]):
        return "HTML"
    return SVG if _MARKUP.search(text) else ""


def remedy(kind: str, name: str) -> str:
    """Return the hint for a picture that cannot be shown, or whose ending is wrong.

    Args:
        kind: the result of `of_content`, or the name from `OTHERS`.
        name: the file's name.
    """
    if kind in _ENDINGS:
        return f"rename it {PurePosixPath(name).stem}{_ENDINGS[kind]}, here and in the text"
    return next((hint for kinds, hint in _REMEDIES if kind in kinds), _REMEDY)
