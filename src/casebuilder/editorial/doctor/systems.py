"""How each system gets what casebuilder needs from outside of Python."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The systems whose ways are known, and what they are called.
SYSTEMS = {
    "debian": "Debian, Ubuntu and the like",
    "fedora": "Fedora, RHEL and the like",
    "macos": "macOS, with Homebrew",
    "windows": "Windows",
}
_FAMILIES = {"debian": ("debian", "ubuntu"), "fedora": ("fedora", "rhel", "centos")}
_APT = "sudo apt-get install --no-install-recommends"
_MSYS = (
    "1. Install MSYS2 from msys2.org.",
    "2. In its window type:",
    "     pacman -S mingw-w64-x86_64-pango mingw-w64-x86_64-fontconfig",
    r"3. Add C:\msys64\mingw64\bin to the variable PATH: Settings, System, About, Advanced system settings,",
    "   Environment variables. Then open a new terminal.",
)
_NOTO_WINDOWS = (
    "Download the families from fonts.google.com/noto, select the .ttf files, right-click them, and choose",
    "Install for all users.",
)

#: What to do for each thing, by system.
ADVICE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "pango": {
        "debian": (f"  {_APT} libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",),
        "fedora": ("  sudo dnf install pango harfbuzz fontconfig",),
        "macos": (
            "  brew install pango fontconfig",
            "If it is still missing, your Python is not Homebrew’s. Type this once in each terminal:",
            "  export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib",
        ),
        "windows": _MSYS,
    },
    "fontconfig": {
        "debian": (f"  {_APT} fontconfig",),
        "fedora": ("  sudo dnf install fontconfig",),
        "macos": ("  brew install fontconfig",),
        "windows": _MSYS,
    },
    "scripts": {
        "debian": (f"  {_APT} fonts-noto-core",),
        "fedora": ("  sudo dnf install google-noto-fonts-all",),
        "macos": (
            "  brew install --cask font-noto-sans font-noto-naskh-arabic font-noto-serif-hebrew \\",
            "    font-noto-serif-devanagari font-noto-serif-thai",
        ),
        "windows": _NOTO_WINDOWS,
    },
    "cjk": {
        "debian": (f"  {_APT} fonts-noto-cjk",),
        "fedora": ("  sudo dnf install google-noto-sans-cjk-fonts google-noto-serif-cjk-fonts",),
        "macos": ("  brew install --cask font-noto-sans-cjk font-noto-serif-cjk",),
        "windows": _NOTO_WINDOWS,
    },
    "emoji": {
        "debian": (f"  {_APT} fonts-noto-color-emoji",),
        "fedora": ("  sudo dnf install google-noto-color-emoji-fonts",),
        "macos": ("  brew install --cask font-noto-color-emoji",),
        "windows": _NOTO_WINDOWS,
    },
    "git": {
        "debian": (f"  {_APT} git",),
        "fedora": ("  sudo dnf install git",),
        "macos": ("  xcode-select --install",),
        "windows": ("  winget install Git.Git",),
    },
}


def system() -> str:
    """Return the system of this machine, as SYSTEMS has it; empty if it is another one."""
    if sys.platform == "win32":
        return "windows"
    if sys.platform == "darwin":
        return "macos"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return "debian" if Path("/etc/debian_version").exists() else ""
    names = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return next((family for family, members in _FAMILIES.items() if names.intersection(members)), "")


def advice(subject: str, system: str) -> tuple[str, ...]:
    """Return how to get something on a system; on an unknown one, what Debian calls it."""
    if system in SYSTEMS:
        return ADVICE[subject][system]
    return ("On this system look for what Debian calls:", *ADVICE[subject]["debian"])
