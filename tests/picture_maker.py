"""Pictures as cameras, telephones and programs write them, made here so that no binary file lies in the repository.

Each carries the marks that must never leave the series: a position, and words that nobody else would write.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

#: Words of metadata; none of them may be in any output.
AUTHOR, CAMERA, COMMENT, TRAILER = (
    "Ottoline Quirk",
    "Zorki-4K",
    "taken on the ward, bed four",
    "film behind the photograph",
)
SECRETS = (AUTHOR, CAMERA, COMMENT, TRAILER, "GPSLatitude", "53.3438")
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    f'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="53.3438N" creator="{AUTHOR}"/>'
    "</rdf:RDF></x:xmpmeta>"
)
#: Where EXIF keeps its words and its numbers.
_MAKER, _MODEL, _ARTIST, _ORIENTATION, _GPS = 0x010F, 0x0110, 0x013B, 0x0112, 0x8825


def drawn(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Image.Image:
    """A picture with another colour in each corner, which show how it is turned."""
    picture = Image.new("RGB", size, (200, 190, 180))
    across, down = size[0] // 4, size[1] // 4
    for place, colour in (((0, 0), (220, 20, 20)), ((size[0] - across, 0), (20, 160, 20))):
        picture.paste(colour, (*place, place[0] + across, place[1] + down))
    return picture.convert(mode)


def exif(orientation: int = 1, *, position: bool = True) -> Image.Exif:
    """What a camera notes."""
    tags = Image.Exif()
    tags[_MAKER], tags[_MODEL], tags[_ARTIST], tags[_ORIENTATION] = CAMERA, CAMERA, AUTHOR, orientation
    if position:
        tags[_GPS] = {1: "N", 2: (53.0, 20.0, 37.7), 3: "W", 4: (6.0, 15.0, 36.0)}
    return tags


def profile() -> bytes:
    """A colour profile that names somebody."""
    content = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    copyright_text = "No copyright, use freely".encode("utf-16-be")
    return content.replace(copyright_text, AUTHOR.ljust(len(copyright_text) // 2).encode("utf-16-be"))


def jpeg(picture: Image.Image | None = None, *, orientation: int = 1, position: bool = True, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """A photograph with EXIF, a thumbnail, XMP, a comment, a profile and a film behind its end."""
    buffer = io.BytesIO()
    metadata = {
        "exif": exif(orientation, position=position).tobytes(),
        "icc_profile": profile(),
        "comment": COMMENT.encode(),
    }
    metadata |= {"xmp": XMP.encode()} if position else {}
    (picture or drawn()).save(buffer, "JPEG", **{**metadata, **options})
    return buffer.getvalue() + b"\0\0\0\x14ftypmp42" + TRAILER.encode()


def png(picture: Image.Image | None = None, *, orientation: int = 1, position: bool = True, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """A picture with EXIF, texts in three forms, a time, a profile and bytes behind its end."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", AUTHOR)
    texts.add_text("Comment", COMMENT, zip=True)
    if position:
        texts.add_itxt("XML:com.adobe.xmp", XMP, zip=True)
    buffer = io.BytesIO()
    metadata = {"exif": exif(orientation, position=position).tobytes(), "icc_profile": profile(), "pnginfo": texts}
    (picture or drawn()).save(buffer, "PNG", **{**metadata, **options})
    return buffer.getvalue() + TRAILER.encode()


def webp(picture: Image.Image | None = None, *, orientation: int = 1, position: bool = True, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """A picture with EXIF, XMP, a profile and bytes behind its end."""
    buffer = io.BytesIO()
    metadata = {"exif": exif(orientation, position=position).tobytes(), "icc_profile": profile()}
    metadata |= {"xmp": XMP.encode()} if position else {}
    (picture or drawn()).save(buffer, "WEBP", **{**metadata, **options})
    return buffer.getvalue() + TRAILER.encode()


def gif() -> bytes:
    """A picture that moves, with a comment and bytes behind its end."""
    buffer = io.BytesIO()
    drawn("P").save(
        buffer, "GIF", save_all=True, append_images=[drawn("P").rotate(90)], loop=0, comment=COMMENT.encode()
    )
    return buffer.getvalue() + TRAILER.encode()


def deep_grey(levels: int = 65536) -> bytes:
    """An X-ray: grey in 16 bits, from black at its left edge to white at its right."""
    picture = Image.new("I;16", (256, 8))
    for across in range(256):
        for down in range(8):
            picture.putpixel((across, down), across * (levels - 1) // 255)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def chunk(name: bytes, payload: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(name + payload))


def promise(width: int, height: int) -> bytes:
    """A PNG file of a hundred bytes that promises a picture of any size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def holds_secret(content: bytes) -> list[str]:
    """The secrets that some bytes hold, in any encoding that files use for words."""
    forms = ("utf-8", "utf-16-le", "utf-16-be")
    return [secret for secret in SECRETS if any(secret.encode(form) in content for form in forms)]
