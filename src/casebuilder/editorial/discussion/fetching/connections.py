"""Connections to a server. One that sends its headers a letter at a time is not waited for: each letter is in time."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Timer
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

if TYPE_CHECKING:
    from urllib3.response import HTTPResponse

_HERE = {"localhost", "127.0.0.1", "::1"}


def connections(host: str, seconds: float) -> urllib3.PoolManager:
    """Connections to a host, through the proxy that this computer's settings name for it, as hospitals have them.

    Args:
        host: its name.
        seconds: within which the headers of an answer must be there.
    """
    proxies = {} if proxy_bypass(host) or host in _HERE else getproxies()
    proxy = proxies.get("https") or proxies.get("http")
    manager = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()

    class Plain(urllib3.HTTPConnectionPool):
        class ConnectionCls(HTTPConnection):
            def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3's own is another
                with _Limit(self.sock, seconds):
                    return super().getresponse()

    class Encrypted(urllib3.HTTPSConnectionPool):
        class ConnectionCls(HTTPSConnection):
            def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3's own is another
                with _Limit(self.sock, seconds):
                    return super().getresponse()

    manager.pool_classes_by_scheme = {"http": Plain, "https": Encrypted}
    return manager


class _Limit:
    """Ends what is read from a socket after some seconds.

    Raises:
        TimeoutError: at the end of the block, if they were over.
    """

    def __init__(self, reading: socket.socket | None, seconds: float) -> None:
        self.reading = reading
        self.is_over = Event()
        self.timer = Timer(seconds, self._end)
        self.timer.daemon = True

    def _end(self) -> None:
        self.is_over.set()
        if self.reading:
            with suppress(OSError):  # it was closed at this moment
                self.reading.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> None:
        self.timer.start()

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        if self.is_over.is_set():
            raise TimeoutError
