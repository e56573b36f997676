"""Every check of the house in one command: formatting, lint, types, then the tests with the house rules among them.

Stops at the first check that fails, with its exit code; the test runner's closing lines are the last thing printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import environment

CHECKS = (
    ("formatting", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("tests", ["pytest", "-n", "2"]),
)
# Read every catalogue as the program will: a broken one is found before the tests say something less clear.
COMPILE = """
import pathlib
from babel.messages import mofile, pofile
for po in sorted(pathlib.Path("translations").rglob("*.po")):
    with po.open("rb") as source:
        catalog = pofile.read_po(source, abort_invalid=True)
    with po.with_suffix(".mo").open("wb") as target:
        mofile.write_mo(target, catalog)
"""


def main() -> int:
    """Run the checks in order; 3 where the environment cannot be made."""
    try:
        python = environment.ready(environment.DEV_LOCK)
    except environment.CannotStartError as error:
        print(error)
        return environment.SURROUNDINGS
    commands = [("catalogues", [str(python), "-c", COMPILE])]
    commands += [(name, [str(python), "-m", *command]) for name, command in CHECKS]
    # The tests choose the offscreen platform themselves; a warning as an error there must not stop the tools here.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    for name, command in commands:
        print(f"== {name}", flush=True)
        code = subprocess.run(command, cwd=Path(environment.ROOT), env=surroundings, check=False).returncode
        if code != 0:
            print(f"== {name}: failed with exit code {code}", file=sys.stderr)
            return code if code > 0 else 128 - code
    return 0


if __name__ == "__main__":
    sys.exit(main())
