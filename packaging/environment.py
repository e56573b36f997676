"""The environment both commands share: `.venv` from a hashed lock, and the system libraries Qt opens at run time.

Standard library only: it runs on a machine that has nothing but Python. Nothing is fetched when the stamp in
`.venv` names the lock as it is now.
"""

from __future__ import annotations

import ctypes
import gettext
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PACKAGING = ROOT / "packaging"
DESK_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"  # holds every pin of the desk's lock too; a house test proves it
STAMP = VENV / "locks.json"
SURROUNDINGS = 3  # the exit code of the whole program for an environment that stands in the way

# What Qt opens without bringing it along: the file it asks for, and the Debian package that has it.
OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
}
WINDOW_X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
WINDOW_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}

COMPILE = """
import pathlib, sys
from shg_desk.i18n.catalog import compiled
for po in map(pathlib.Path, sys.argv[1:]):
    po.with_suffix(".mo").write_bytes(compiled(po.read_bytes()))
"""


class CannotStartError(Exception):
    """The surroundings stand in the way; the text says what a person can do about it."""


def has_display() -> bool:
    """Whether a window can be shown; Windows and macOS always have a screen."""
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"),
    )


def ready(lock: str) -> Path:
    """The interpreter of an environment that holds everything `lock` names, made or completed if need be."""
    if sys.version_info < (3, 11):
        message = f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}."
        raise CannotStartError(message)
    _system_packages()
    python = _interpreter()
    if lock not in _stamped():
        _install(lock, python)
    _link_checkout(python)
    return python


def _system_packages() -> None:
    """Install what Debian has for us where we may; else say the one line that does, before anything is changed."""
    if not sys.platform.startswith("linux"):
        return
    packages = _missing_packages()
    if not packages:
        return
    line = ["apt-get", "install", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        message = "Some parts of the system are missing. As root, once:\n" + " ".join(line)
        raise CannotStartError(message)
    print("Installing system packages:", " ".join(packages), flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], [*line, "--yes"]):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            message = f"This did not work: {' '.join(command)}"
            raise CannotStartError(message)
    if still := _missing_packages():
        message = f"Installed, and yet not found: {' '.join(still)}"
        raise CannotStartError(message)


def _missing_packages() -> list[str]:
    """Debian packages to install, in a stable order; only loading a library proves that it is there."""
    wanted = dict(OFFSCREEN)
    if os.environ.get("DISPLAY"):
        wanted |= WINDOW_X11
    elif os.environ.get("WAYLAND_DISPLAY"):
        wanted |= WINDOW_WAYLAND
    packages = [package for library, package in wanted.items() if not _loads(library)]
    importlib.invalidate_caches()
    if not VENV.exists() and (
        importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None
    ):
        packages.insert(0, "python3-venv")
    return list(dict.fromkeys(packages))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _interpreter() -> Path:
    """The environment's Python, freshly made where there is none or the one it was made from has gone."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if python.exists() and _answers(python):
        return python
    print("Making the environment in", VENV, flush=True)
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "The environment could not be made.")
    return python


def _answers(python: Path) -> bool:
    try:
        return subprocess.run([python, "-I", "-c", "import pip"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _install(lock: str, python: Path) -> None:
    STAMP.unlink(missing_ok=True)
    print(f"Fetching the packages of packaging/{lock} (only now; the next start fetches nothing)", flush=True)
    command = [str(python), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--only-binary=:all:", "--requirement", str(PACKAGING / lock)]
    if not sys.stdout.isatty():
        command.append("-qq")
    _run(command, "The packages could not be fetched or are not the ones the lock names.")
    names = [DESK_LOCK, DEV_LOCK] if lock == DEV_LOCK else [lock]
    # The stamp comes last and whole: an install that was cut off is done again.
    unfinished = STAMP.with_suffix(".new")
    unfinished.write_text(json.dumps({name: _digest(name) for name in names}), encoding="ascii")
    unfinished.replace(STAMP)


def _stamped() -> set[str]:
    """The locks, as they are now, that the environment already holds."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return set()
    return {name for name, digest in stamp.items() if digest == _digest(name)}


def _digest(lock: str) -> str:
    # Line ends differ between checkouts on Windows and elsewhere; the pins do not.
    return hashlib.sha256((PACKAGING / lock).read_text(encoding="utf-8").encode()).hexdigest()


def _link_checkout(python: Path) -> None:
    """Make `import shg_desk` and the command `shg-desk` work in the environment, without building or fetching.

    The path is relative: it holds when the checkout moves, and when its name is one the system's code page lacks.
    """
    packages = next(VENV.glob("[Ll]ib/python3.*/site-packages"), VENV / "Lib" / "site-packages")
    _write(packages / "shg_desk_checkout.pth", os.path.relpath(ROOT, packages) + "\n")
    if os.name == "nt":
        _write(python.parent / "shg-desk.cmd", '@"%~dp0python.exe" -P -m shg_desk %*\r\n')
        return
    script = python.parent / "shg-desk"
    _write(script, '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -P -m shg_desk "$@"\n')
    script.chmod(0o755)


def compile_catalogues(python: Path) -> int:
    """Write the compiled form beside each catalogue that has none of its present text; the exit code of doing so.

    The desk reads the text form too; the compiled one spares each start the library that understands it.
    """
    stale = [str(po) for po in sorted((ROOT / "translations").rglob("*.po")) if not _is_compiled(po)]
    return subprocess.run([str(python), "-c", COMPILE, *stale], check=False).returncode if stale else 0


def _is_compiled(po: Path) -> bool:
    try:
        with po.with_suffix(".mo").open("rb") as compiled:
            source = gettext.GNUTranslations(compiled).info().get("x-source-sha256")
    except (OSError, UnicodeDecodeError):
        return False
    return source == hashlib.sha256(po.read_bytes()).hexdigest()


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_bytes() != text.encode("ascii"):
        path.write_bytes(text.encode("ascii"))


def _run(command: list[str], failure: str) -> None:
    if subprocess.run(command, check=False).returncode != 0:
        raise CannotStartError(failure)
