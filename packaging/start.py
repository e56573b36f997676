"""One command on a fresh machine: makes the environment, then opens the desk on a demo book.

Where no window can be shown the demo runs without one, and the places of its PDFs and screenshots are printed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import environment

PASSPHRASE = "SHG_DESK_PASSPHRASE"


def main() -> int:
    """Start the desk; 3 where the surroundings stand in the way, with the reason printed."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a folder's name must not stop the start on an old code page
    try:
        python = environment.ready(environment.DESK_LOCK)
        environment.compile_catalogues(python)  # without them the desk starts too, only slower
        home = data_folder()
        home.mkdir(parents=True, exist_ok=True)
        demo = finished_demo(home) or make_demo(python, home)
    except environment.CannotStartError as error:
        print(error)
        return environment.SURROUNDINGS
    except OSError as error:
        print(f"{error.strerror}: {error.filename}")
        return environment.SURROUNDINGS
    if demo is None:
        return 1
    for name in ("books", "pdfs", "screenshots"):
        for folder, count in places(demo.get(name)):
            print(f"{name}: {count} in {folder}")
    if not environment.has_display():
        print("There is no display here, so no window was opened.")
        return 0
    return open_desk(python, demo)


def data_folder() -> Path:
    """Where this user's programs keep their data, by the custom of the system."""
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        named = os.environ.get("XDG_DATA_HOME", "")
        base = Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share"
    return base / "shg-desk"


def finished_demo(home: Path) -> dict[str, object] | None:
    """What an earlier start made, if its books are still there."""
    try:
        demo = json.loads((home / "demo.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    books = paths(demo.get("books"))
    return demo if books and all(book.exists() for book in books) else None


def make_demo(python: Path, home: Path) -> dict[str, object] | None:
    """Run the sample province to its end; a run that was cut off is thrown away and done again."""
    folder, done, begun = home / "demo", home / "demo.json", home / "demo.begun"
    if begun.exists() or done.exists():  # so the folder is ours, and of no more use
        shutil.rmtree(folder, ignore_errors=True)
    elif folder.exists():
        message = f"{folder} is in the way: the demo goes there, and what is in it was not made by this start."
        raise environment.CannotStartError(message)
    done.unlink(missing_ok=True)
    begun.touch()
    print("Making the demo in", folder, flush=True)
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    command = [str(python), "-P", "-m", "shg_desk", "demo", str(folder), "--json"]
    run = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if run.returncode != 0:
        print(f"The demo stopped with exit code {run.returncode}.\n{run.stdout}", file=sys.stderr)
        return None
    demo: dict[str, object] = json.loads(run.stdout)
    unfinished = done.with_suffix(".new")
    unfinished.write_text(run.stdout, encoding="utf-8")
    unfinished.replace(done)
    begun.unlink()
    return demo


def open_desk(python: Path, demo: dict[str, object]) -> int:
    """The window on the demo's first book, unlocked with the passphrase the demo made it with."""
    book = str((paths(demo.get("open")) or paths(demo["books"]))[0])
    surroundings = dict(os.environ)
    if isinstance(passphrase := demo.get("passphrase"), str):
        print("The passphrase of the demo's books:", passphrase)
        surroundings[PASSPHRASE] = passphrase
    print("Opening", book, flush=True)
    code = subprocess.run(
        [str(python), "-P", "-m", "shg_desk", "--book", book], env=surroundings, check=False
    ).returncode
    return code if code >= 0 else 128 - code


def paths(named: object) -> list[Path]:
    """The files a result names: one, a list of them, or a mapping of names to them."""
    if isinstance(named, dict):
        named = list(named.values())
    if isinstance(named, str):
        named = [named]
    return [Path(path) for path in named] if isinstance(named, list) else []


def places(named: object) -> list[tuple[Path, int]]:
    """The folders that hold the files a result names, with how many lie in each."""
    folders = [path.parent for path in paths(named)]
    return [(folder, folders.count(folder)) for folder in dict.fromkeys(folders)]


if __name__ == "__main__":
    sys.exit(main())
