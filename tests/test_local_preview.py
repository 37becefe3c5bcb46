"""The preview answers to its own machine, and to nothing that is no address."""

from __future__ import annotations

import http.client
import socket
import threading
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

import zoo_keeper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a preview of one page, set up as MkDocs sets it up."""
    root = tmp_path_factory.mktemp("preview")
    series = zoo_keeper.lay_out("_sound", root)
    (series / "docs").mkdir(exist_ok=True)
    (root / "site").mkdir()
    (root / "site/index.html").write_text("a draft", encoding="utf-8")
    config = load_config(str(series / "mkdocs.yml"), dev_addr="127.0.0.1:0")
    server = LiveReloadServer(builder=lambda: None, host="127.0.0.1", port=0, root=str(root / "site"))
    server = config.plugins.on_serve(server, config=config, builder=lambda: None)
    server.server_bind()
    server.server_activate()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join(5)


def asked(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        text = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        line.sendall(f"GET {path} HTTP/1.1\r\n{text}Connection: close\r\n\r\n".encode())
        response = http.client.HTTPResponse(line)
        response.begin()
        return response.status, response.read()


@pytest.mark.parametrize("options", [["--no-livereload"], ["--no-livereload", "--clean"]])
def test_mkdocs_own_preview_is_refused_where_nobody_could_guard_it(tmp_path: Path, options: list[str]) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    (series / "docs").mkdir(exist_ok=True)
    result = CliRunner().invoke(cli, ["serve", *options, "--config-file", str(series / "mkdocs.yml")])
    assert result.exit_code == 1
    assert "casebuilder serve" in result.output


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:8000",
        "localhost",
        "LOCALHOST:8000",
        "a.localhost",
        "[::1]:8000",
        "192.168.1.7:8000",
        socket.gethostname(),
    ],
)
def test_this_machine_under_any_name_of_its_own_is_answered(port: int, host: str) -> None:
    status, body = asked(port, "/", Host=host)
    assert (status, body.startswith(b"a draft")) == (200, True)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "",
        "localhost evil.example",
        "notlocalhost",
        "[evil]",
    ],
)
def test_a_name_of_another_machine_is_refused(port: int, host: str) -> None:
    status, body = asked(port, "/", Host=host)
    assert (status, b"draft" in body) == (403, False)


def test_a_request_without_a_name_is_refused(port: int) -> None:
    assert asked(port, "/")[0] == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/%00", 400), ("/a%00.html", 400), ("/x/%00/", 400), ("/%0d%0aX: y", 400), ("/%7f", 400), ("/%1b[31m", 400),
        ("/" + "a" * 5000, 400), ("/livereload/" + "9" * 5000 + "/1", 400), ("/../../etc/passwd", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", 404), ("/%ff%fe", 400), ("/nothing", 404), ("/" + "a" * 300, 404),
    ],
)  # fmt: skip
def test_an_invalid_address_is_refused_and_stops_nothing(port: int, path: str, status: int) -> None:
    assert asked(port, path.replace(" ", "%20"), Host="localhost")[0] == status
