"""Every check of the house in one command: formatting, lint, types, then the tests with the house rules among them.

Stops at the first check that fails, with its exit code; the test runner's closing lines are the last thing printed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import environment

CHECKS = (
    ("formatting", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("tests", ["pytest", "-n", "2", "--dist", "worksteal"]),
)

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM_BYTES = 6 * 2**30


@contextmanager
def books_of_the_tests() -> Iterator[dict[str, str]]:
    """The surroundings of the checks: where memory has room, the tests' thousands of small books lie in it.

    Each of them is flushed to the disk as a real one is, and two cores would mostly wait for that.
    """
    if not IN_MEMORY.is_dir() or shutil.disk_usage(IN_MEMORY).free < ROOM_BYTES:
        yield dict(os.environ)
        return
    with tempfile.TemporaryDirectory(prefix="shg-desk-", dir=IN_MEMORY) as folder:
        yield {**os.environ, "PYTEST_DEBUG_TEMPROOT": folder}


def main() -> int:
    """Run the checks in order; 3 where the environment cannot be made."""
    try:
        python = environment.ready(environment.DEV_LOCK)
    except environment.CannotStartError as error:
        print(error)
        return environment.SURROUNDINGS
    code = environment.compile_catalogues(python)
    with books_of_the_tests() as surroundings:
        for name, command in CHECKS:
            if code == 0:
                print(f"== {name}", flush=True)
                words = [str(python), "-m", *command]
                code = subprocess.run(words, cwd=environment.ROOT, env=surroundings, check=False).returncode
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
