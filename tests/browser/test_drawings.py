"""A drawing that was parsed and rewritten looks in a browser as it did before."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops

from casebuilder.readers import pictures

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
DRAWINGS = sorted((Path(__file__).parents[1] / "drawings").glob("*.svg"))
WIDE, HIGH = 300, 200


def shown(browser: Browser, *drawings: bytes) -> list[Image.Image]:
    """Each drawing as the browser draws it, in a box of one size."""
    tab = browser.new_page(viewport={"width": WIDE, "height": HIGH * len(drawings)})
    addresses = (f"data:image/svg+xml;base64,{base64.b64encode(content).decode()}" for content in drawings)
    style = f"display: block; width: {WIDE}px; height: {HIGH}px"
    images = "".join(f'<img style="{style}" src="{address}">' for address in addresses)
    tab.set_content(f"<body style='margin: 0'>{images}")
    tab.evaluate("Promise.all([...document.images].map(image => image.decode())).then(() => null)")
    screenshot = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    tab.close()
    return [screenshot.crop((0, HIGH * number, WIDE, HIGH * (number + 1))) for number in range(len(drawings))]


def differing(first: Image.Image, second: Image.Image) -> int:
    """How many points differ clearly."""
    difference = ImageChops.difference(first, second).convert("L")
    return sum(difference.histogram()[40:])


def test_a_drawing_looks_the_same_afterwards(browser: Browser) -> None:
    before = [path.read_bytes() for path in DRAWINGS]
    after = [pictures.published(path.name, content) for path, content in zip(DRAWINGS, before, strict=True)]
    seen = shown(browser, *before, *after)
    for path, one, other in zip(DRAWINGS, seen[: len(before)], seen[len(before) :], strict=True):
        assert len(set(one.resize((30, 20)).get_flattened_data())) > 8, f"{path.name} is not drawn at all"
        assert differing(one, other) == 0, path.name


def test_the_comparison_would_see_a_difference(browser: Browser) -> None:
    content = DRAWINGS[0].read_bytes()
    plain, changed = shown(browser, content, content.replace(b"<rect", b"<rect opacity='0'"))
    assert differing(plain, changed) > 100
