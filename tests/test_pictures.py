"""Pictures made of points: what is wrong is found, and what is published holds the picture and nothing else."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms

import picture_maker as maker
from casebuilder.readers import pictures
from casebuilder.readers.pictures import icc
from casebuilder.readers.pictures.svg import allowed
from cputime import at_most
from examples import drawn

Maker = "Callable[..., bytes]"
MAKERS = {".jpg": maker.jpeg, ".png": maker.png, ".webp": maker.webp}


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def codes(name: str, content: bytes) -> list[str]:
    return [fault.code for fault in pictures.judge(name, content)]


def looks_like(content: bytes, picture: Image.Image, most: int = 12) -> bool:
    made = opened(content).convert("RGB")
    difference = ImageChops.difference(made, picture.convert("RGB")).convert("L")
    return made.size == picture.size and difference.getextrema()[1] <= most  # type: ignore[operator]  # one band


@pytest.mark.parametrize("ending", MAKERS)
def test_no_metadata_leaves_a_picture(ending: str) -> None:
    content = MAKERS[ending]()
    assert maker.holds_secret(content)
    cleaned = pictures.published(f"ward{ending}", content)
    assert maker.holds_secret(cleaned) == []
    kept = opened(cleaned)
    assert not kept.getexif()
    assert not {"xmp", "comment", "Author", "Comment", "photoshop"} & kept.info.keys()
    assert codes(f"ward{ending}", cleaned) == []


@pytest.mark.parametrize("ending", MAKERS)
def test_the_picture_itself_is_not_encoded_again(ending: str) -> None:
    content = MAKERS[ending]()
    cleaned = pictures.published(f"ward{ending}", content)
    assert ImageChops.difference(opened(content).convert("RGB"), opened(cleaned).convert("RGB")).getbbox() is None
    if ending == ".jpg":
        scan = content[content.index(b"\xff\xda") : content.rindex(b"\xff\xd9")]
        assert scan in cleaned
    assert pictures.published(f"ward{ending}", cleaned) == cleaned, "what is clean is left as it is"


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("held", range(1, 9))
def test_a_picture_is_turned_as_its_camera_was_held(ending: str, held: int) -> None:
    from PIL import ImageOps

    options = {"lossless": True} if ending == ".webp" else {"quality": 95} if ending == ".jpg" else {}
    content = MAKERS[ending](orientation=held, **options)
    cleaned = pictures.published(f"ward{ending}", content)
    assert looks_like(cleaned, ImageOps.exif_transpose(opened(content)), most=24)
    assert maker.holds_secret(cleaned) == []
    assert opened(cleaned).format == opened(content).format


@pytest.mark.parametrize("ending", MAKERS)
def test_a_position_is_reported_and_a_picture_without_one_is_not(ending: str) -> None:
    assert codes(f"ward{ending}", MAKERS[ending]()) == ["picture-position"]
    assert codes(f"ward{ending}", MAKERS[ending](position=False)) == []


def _exif_in_text() -> bytes:
    data = maker.exif().tobytes()
    text = b"Raw profile type exif\0\nexif\n" + b"%8d\n" % len(data) + data.hex().encode() + b"\n"
    plain = _plain("PNG")
    return plain[:33] + maker.chunk(b"tEXt", text) + plain[33:]


def _plain(kind: str) -> bytes:
    buffer = io.BytesIO()
    maker.drawn().save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("second.jpg", _plain("JPEG") + maker.jpeg()),
        ("film.jpg", _plain("JPEG") + b"\0\0\0\x20moov\xa9xyz\0\x12+53.3438-006.2597/"),
        ("magick.png", _exif_in_text()),
        ("tagged.png", _plain("PNG")[:33] + maker.chunk(b"tEXt", b"exif:GPSLatitude\x0053.3438") + _plain("PNG")[33:]),
        ("behind.png", _plain("PNG") + maker.jpeg()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_position_is_found_wherever_programs_put_it(name: str, content: bytes) -> None:
    assert codes(name, content) == ["picture-position"]
    assert maker.holds_secret(pictures.published(name, content)) == []


def test_a_thumbnail_goes_too() -> None:
    content = _plain("JPEG")
    small = bytes(3 * 4) + b"thumb" * 3
    jfif = b"JFIF\0" + bytes((1, 2, 1, 0, 72, 0, 72, 3, 3)) + small
    content = content[:2] + b"\xff\xe0" + struct.pack(">H", len(jfif) + 2) + jfif + content[20:]
    assert b"thumb" not in pictures.published("a.jpg", content)
    assert opened(pictures.published("a.jpg", content)).size == (48, 32)


def test_a_profile_keeps_its_colours_and_loses_its_words() -> None:
    before = maker.profile()
    after = icc.wordless_profile(before)
    assert maker.holds_secret(before)
    assert maker.holds_secret(after) == []
    red = Image.new("RGB", (1, 1), (200, 30, 60))
    shown = [
        ImageCms.profileToProfile(
            red, ImageCms.ImageCmsProfile(io.BytesIO(each)), ImageCms.createProfile("LAB"), outputMode="LAB"
        )
        for each in (before, after)
    ]
    assert shown[0] is not None
    assert shown[1] is not None
    assert shown[0].tobytes() == shown[1].tobytes()
    assert icc.wordless_profile(b"no profile " * 30) == b""


def test_a_cmyk_photograph_keeps_the_mark_that_its_colours_need() -> None:
    content = maker.jpeg(maker.drawn("CMYK"), icc_profile=None)
    cleaned = pictures.published("print.jpg", content)
    assert (opened(cleaned).mode, opened(cleaned).info["adobe"]) == ("CMYK", opened(content).info["adobe"])
    assert opened(cleaned).tobytes() == opened(content).tobytes()


@pytest.mark.parametrize("levels", [65536, 4096, 512])
def test_an_x_ray_of_16_bits_comes_out_grey_in_eight(levels: int) -> None:
    content = maker.deep_grey(levels)
    assert codes("x-ray.png", content) == []
    made = opened(pictures.published("x-ray.png", content))
    assert made.mode == "L"
    values = [made.getpixel((across, 3)) for across in range(256)]
    assert values == [across * (levels - 1) // 255 // 256 for across in range(256)]


def test_the_gamma_of_a_picture_stays() -> None:
    content = maker.deep_grey()
    content = content[:33] + maker.chunk(b"gAMA", struct.pack(">I", 100_000)) + content[33:]
    assert opened(pictures.published("x-ray.png", content)).info["gamma"] == 1.0


def _cut(ending: str, share: float) -> bytes:
    content = pictures.published(f"a{ending}", MAKERS[ending]())
    return content[: int(len(content) * share)]


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_picture_that_is_cut_off_is_refused(ending: str, share: float) -> None:
    assert codes(f"a{ending}", _cut(ending, share)) == ["broken-picture"]
    with pytest.raises(pictures.DamagedError):
        pictures.published(f"a{ending}", _cut(ending, share))


def _photograph(kind: str, mode: str = "RGB", **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """A picture of so many different points that damage does not vanish."""
    grain = Image.frombytes(
        "L", (60, 45), b"".join(sha256(bytes([i])).digest() for i in range(85))[: 60 * 45], "raw", "L", 0, 1
    )
    buffer = io.BytesIO()
    grain.resize((241, 179), Image.Resampling.BICUBIC).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


_JPEGS = [("RGB", {}), ("RGB", {"progressive": True}), ("L", {}), ("CMYK", {}), ("RGB", {"restart_marker_blocks": 4})]


@pytest.mark.parametrize(("mode", "options"), _JPEGS)
@pytest.mark.parametrize("filling", ["zeros", "other bytes", "nothing", "the end"])
def test_a_jpeg_whose_middle_is_lost_is_refused(mode: str, options: dict[str, Any], filling: str) -> None:
    photograph = _photograph("JPEG", mode, **options)
    middle, gone = len(photograph) * 2 // 3, 400
    head, tail = photograph[:middle], photograph[middle + gone :]
    shuffled = bytes(byte % 251 for byte in reversed(photograph[middle : middle + gone]))
    broken = {"zeros": head + bytes(gone) + tail, "other bytes": head + shuffled + tail, "nothing": head + tail}
    broken["the end"] = head.rstrip(b"\xff") + b"\xff\xd9"
    assert codes("x.jpg", photograph) == []
    assert codes("x.jpg", broken[filling]) == ["broken-picture"]


@pytest.mark.parametrize(("mode", "options"), _JPEGS)
def test_zeros_behind_the_last_point_of_a_photograph_harm_nothing(mode: str, options: dict[str, Any]) -> None:
    photograph = _photograph("JPEG", mode, **options)
    for count in (1, 2, 3, 700):
        assert codes("x.jpg", photograph[:-2] + bytes(count) + photograph[-2:]) == []


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_picture_of_another_kind_with_zeros_in_its_middle_is_refused(kind: str) -> None:
    photograph = _photograph(kind, "P" if kind == "GIF" else "RGB")
    middle = len(photograph) * 2 // 3
    name = f"x.{kind.lower()}"
    assert codes(name, photograph) == []
    assert codes(name, photograph[:middle] + bytes(300) + photograph[middle + 300 :]) == ["broken-picture"]


_WEBPS: list[tuple[str, dict[str, Any]]] = [
    ("RGB", {}), ("RGB", {"quality": 20}), ("RGBA", {}), ("L", {"quality": 95}),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "options"), _WEBPS)
@pytest.mark.parametrize("filling", ["zeros after the header", "zeros at the end", "zeros", "other bytes", "swapped"])
def test_a_webp_that_a_decoder_reads_though_it_is_damaged_is_refused(
    mode: str, options: dict[str, Any], filling: str
) -> None:
    photograph = _photograph("WEBP", mode, **options)
    points = next(photograph.index(name) for name in (b"ALPH", b"VP8 ", b"VP8L") if name in photograph) + 8 + 30
    middle, gone = points + (len(photograph) - points) // 3, 300
    head, tail = photograph[:middle], photograph[middle + gone :]
    broken = {
        "zeros after the header": photograph[:points] + bytes(len(photograph) - points),
        "zeros at the end": photograph[:-200] + bytes(200),
        "zeros": head + bytes(gone) + tail,
        "other bytes": head + b"".join(sha256(bytes([i])).digest() for i in range(10))[:gone] + tail,
        "swapped": head[:-gone] + photograph[middle : middle + gone] + head[-gone:] + tail,
    }
    assert codes("x.webp", photograph) == []
    assert codes("x.webp", broken[filling]) == ["broken-picture"]


def test_a_lossless_webp_with_zeros_in_it_is_refused() -> None:
    photograph = _photograph("WEBP", lossless=True)
    for start, end in (
        (60, len(photograph)),
        (len(photograph) // 2, len(photograph) // 2 + 300),
        (len(photograph) - 200, len(photograph)),
    ):
        assert codes("x.webp", photograph[:start] + bytes(end - start) + photograph[end:]) == ["broken-picture"]


@pytest.mark.parametrize("quality", [1, 50, 100])
@pytest.mark.parametrize("lossless", [True, False])
def test_a_sound_webp_needs_its_last_bytes(quality: int, *, lossless: bool) -> None:
    for picture in (maker.drawn(), maker.drawn("RGBA", (7, 5)), Image.new("RGB", (600, 400), "white")):
        for method in (0, 4):
            buffer = io.BytesIO()
            picture.save(buffer, "WEBP", quality=quality, lossless=lossless, method=method)
            assert codes("x.webp", buffer.getvalue()) == []


@pytest.mark.parametrize("colour", ["white", "black", (13, 200, 77)])
def test_a_picture_of_one_colour_is_not_taken_for_damaged(colour: str | tuple[int, int, int]) -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        buffer = io.BytesIO()
        Image.new("RGB", (1601, 1203), colour).save(buffer, kind, optimize=True)
        assert codes(f"x.{kind.lower()}", buffer.getvalue()) == []


@pytest.mark.parametrize("kinds", [(3,), (3, 3), (2, 2)], ids=["no palette", "no palette twice", "two heads"])
def test_a_png_that_browsers_refuse_is_refused(kinds: tuple[int, ...]) -> None:
    """Pillow shows one without a palette in grey, and takes the second of two heads."""
    heads = [maker.chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, kind, 0, 0, 0)) for kind in kinds]
    points = maker.chunk(b"IDAT", zlib.compress(bytes(4 * (1 + 4 * (3 if kinds[-1] == 2 else 1)))))
    content = b"".join((maker.promise(1, 1)[:8], *heads, points, maker.chunk(b"IEND", b"")))
    assert codes("a.png", content) == ["broken-picture"]


@pytest.mark.parametrize("place", [-70, -20, -6])
def test_a_png_with_a_wrong_byte_is_refused(place: int) -> None:
    content = bytearray(_plain("PNG"))
    content[place] ^= 0x10
    assert codes("a.png", bytes(content)) == ["broken-picture"]


def test_a_png_whose_checksums_are_right_but_whose_points_are_missing_is_refused() -> None:
    head = struct.pack(">IIBBBBB", 48, 32, 8, 2, 0, 0, 0)
    for data in (zlib.compress(bytes(300)), b"not compressed", zlib.compress(b"\0" + bytes(48 * 3))[:-4]):
        content = (
            maker.promise(1, 1)[:8]
            + maker.chunk(b"IHDR", head)
            + maker.chunk(b"IDAT", data)
            + maker.chunk(b"IEND", b"")
        )
        assert codes("a.png", content) == ["broken-picture"]


def test_a_webp_whose_points_are_damaged_is_refused() -> None:
    content = pictures.published("a.webp", maker.webp(lossless=True))
    place = content.index(b"VP8L") + 8
    assert codes("a.webp", content[: place + 5] + bytes(len(content) - place - 5)) == ["broken-picture"]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jpg", _plain("PNG"), "a PNG file"),
        ("a.png", _plain("JPEG"), "a JPEG file"),
        ("a.webp", _plain("GIF"), "a GIF file"),
        ("a.png", _plain("BMP"), "a BMP file"),
        ("a.jpg", b"\0\0\0\x1cftypheic\0\0\0\0", "an HEIC file"),
        ("a.jpg", b"\0\0\0\x1cftypavif\0\0\0\0", "an AVIF file"),
        ("a.png", b"\n<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG file"),
        ("a.svg", _plain("PNG"), "a PNG file"),
        ("a.svg", b"\x1f\x8b\x08\0", "a gzip file"),
        ("a.png", b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "a Git LFS pointer file"),
        ("a.jpg", b"<html><body>404</body></html>", "an HTML file"),
        ("a.png", b"%PDF-1.7", "a PDF file"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(name: str, content: bytes, kind: str) -> None:
    (fault,) = pictures.judge(name, content)
    assert (fault.code, fault.message) == ("picture-kind", f"is {kind}, whatever its name says")
    assert fault.hint


@pytest.mark.parametrize("size", [(30_000, 30_000), (9_000, 9_000), (2_000_000, 41), (2**31 - 1, 2**31 - 1)])
def test_a_huge_picture_is_refused_with_its_size_and_never_decoded(size: tuple[int, int]) -> None:
    (fault,) = pictures.judge("a.png", maker.promise(*size))
    assert fault.code == "picture-size"
    assert f"{size[0]:,} × {size[1]:,} pixels" in fault.message


def test_a_huge_picture_of_other_kinds_is_refused_too() -> None:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 30_000, 30_000, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00"
    assert codes("a.jpg", b"\xff\xd8" + frame + scan + b"\0" * 9 + b"\xff\xd9") == ["picture-size"]
    size = (16_383 | 16_383 << 14).to_bytes(4, "little")
    body = b"WEBPVP8L" + struct.pack("<I", 10) + b"\x2f" + size + bytes(5)
    assert codes("a.webp", b"RIFF" + struct.pack("<I", len(body)) + body) == ["picture-size"]


def frames(levels: int) -> bytes:
    """A WebP of frames within each other, which the format does not have."""
    inner = b""
    for _ in range(levels):
        inner = b"ANMF" + struct.pack("<I", 16 + len(inner)) + bytes(16) + inner
    return b"RIFF" + struct.pack("<I", 4 + len(inner)) + b"WEBP" + inner


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", b"\xff\xd8" + b"\xff\xe1\x00\x02" * 1_000_000 + b"\xff\xd9"),
        ("a.jpg", b"\xff\xd8" + b"\xff\xda\x00\x02\x00" * 1_000_000 + b"\xff\xd9"),
        ("a.jpg", maker.jpeg() + b"Exif\0\0" * 2_000_000),
        ("a.webp", frames(3_000)),
        ("a.png", maker.promise(1, 1)[:33] + maker.chunk(b"tEXt", b"") * 200_000 + maker.promise(1, 1)[33:]),
        ("a.png", maker.promise(1, 1)[:33] + maker.chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1 << 20))) * 2_000),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_file_is_judged_quickly(name: str, content: bytes) -> None:
    with at_most(2):
        pictures.judge(name, content)


@pytest.mark.parametrize(
    ("size", "found"),
    [
        ((1500, 100), []),
        ((1600, 100), ["picture-shape"]),
        ((50, 550), []),
        ((50, 600), ["picture-shape"]),
        ((490, 5), []),
    ],
)
def test_a_picture_less_than_two_lines_high_or_wide_in_print_is_reported(
    size: tuple[int, int], found: list[str]
) -> None:
    made = io.BytesIO()
    Image.new("L", size, 255).save(made, "PNG")
    assert codes("strip.png", made.getvalue()) == found


def test_a_file_of_too_many_bytes_is_refused() -> None:
    assert codes("a.png", bytes(pictures.LARGEST + 1)) == ["picture-size"]
    assert codes("a.svg", b"<svg>" + bytes(11 << 20)) == ["picture-size"]


@pytest.mark.parametrize("ending", [".png", ".webp"])
def test_a_picture_that_moves_is_refused(ending: str) -> None:
    buffer = io.BytesIO()
    first = maker.drawn()
    first.save(buffer, ending[1:].upper(), save_all=True, append_images=[first.rotate(180)], duration=200)
    assert codes(f"a{ending}", buffer.getvalue()) == ["moving-picture"]


def test_the_second_picture_of_a_telephone_is_no_movement() -> None:
    buffer = io.BytesIO()
    maker.drawn().save(buffer, "MPO", save_all=True, append_images=[maker.drawn().rotate(180)])
    assert codes("a.jpg", buffer.getvalue()) == []
    assert opened(pictures.published("a.jpg", buffer.getvalue())).format == "JPEG"


def test_a_gif_moves_on_without_its_comment() -> None:
    cleaned = pictures.published("a.gif", maker.gif())
    assert maker.holds_secret(cleaned) == []
    kept = opened(cleaned)
    assert (kept.n_frames, kept.info["loop"]) == (2, 0)  # type: ignore[attr-defined]  # a GIF has frames
    assert codes("a.gif", maker.gif()[:90]) == ["broken-picture"]


def test_a_moving_picture_is_clean_in_each_frame() -> None:
    buffer = io.BytesIO()
    first = maker.drawn()
    first.save(
        buffer,
        "WEBP",
        save_all=True,
        append_images=[first.rotate(180)],
        exif=maker.exif().tobytes(),
        xmp=maker.XMP.encode(),
    )
    cleaned = pictures.published("a.webp", buffer.getvalue())
    assert maker.holds_secret(cleaned) == []
    assert opened(cleaned).n_frames == 2  # type: ignore[attr-defined]  # it moves


@cache
def made_once(ending: str) -> bytes:
    """One picture for all examples: its bytes differ a little from time to time, and an example counts them."""
    return MAKERS[ending]()


@given(st.sampled_from(sorted(MAKERS)), st.data())
@drawn(60)
def test_damage_is_reported_and_never_an_exception(ending: str, data: st.DataObject) -> None:
    content = bytearray(made_once(ending))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(content[: data.draw(st.integers(0, len(content)))])
    for fault in pictures.judge(f"a{ending}", damaged):
        assert fault.hint
    try:
        cleaned = pictures.published(f"a{ending}", damaged)
    except pictures.DamagedError:
        return
    assert TRAILING not in cleaned


TRAILING = maker.TRAILER.encode()


@pytest.mark.parametrize("name", ["text-anchor", "font-weight", "flood-color", "mix-blend-mode", "vector-effect"])
def test_a_drawing_keeps_the_style_of_its_words_and_lines(name: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text x="4" {name}="x">a</text></svg>'
    assert f'{name}="x"' in pictures.published("a.svg", drawing.encode()).decode()


def test_no_name_of_a_drawing_is_broken_in_two() -> None:
    assert not [name for name in allowed.ATTRIBUTES | allowed.INERT if name.endswith("-") or "-" in name[:1]]
