"""Every check of the house in one command: formatting, lint, types, then the tests with the house rules among them.

Stops at the first check that fails, with its exit code; the test runner's closing lines are the last thing printed.
"""

from __future__ import annotations

import subprocess
import sys

import environment

CHECKS = (
    ("formatting", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("tests", ["pytest", "-n", "2", "--dist", "worksteal"]),
)


def main() -> int:
    """Run the checks in order; 3 where the environment cannot be made."""
    try:
        python = environment.ready(environment.DEV_LOCK)
    except environment.CannotStartError as error:
        print(error)
        return environment.SURROUNDINGS
    code = environment.compile_catalogues(python)
    for name, command in CHECKS:
        if code == 0:
            print(f"== {name}", flush=True)
            code = subprocess.run([str(python), "-m", *command], cwd=environment.ROOT, check=False).returncode
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
