"""Every figure of this folder in one table: `python tests/bench/run.py [--entries N] [--folder F] [--rounds N]`.

Each row is a ratio to a named alternative of the same run, CPU time first. Made books are kept in the folder and found
again; about 50,000 entries take a minute to make and 1,000,000 take half an hour.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP), str(TOP / "tests")]

import bench_bundle  # noqa: E402
import bench_import  # noqa: E402
import bench_passbook  # noqa: E402
import bench_reading  # noqa: E402
import bench_start  # noqa: E402
from made_books import province  # noqa: E402
from made_books import real_province  # noqa: E402
from measuring import Figure  # noqa: E402
from measuring import shown  # noqa: E402


def told(text: str) -> None:
    """Progress goes where it does not disturb the table."""
    sys.stderr.write(text + "\n")


def main() -> None:
    """Makes what is missing, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "shg-bench")
    given = parser.parse_args()
    made = province(given.folder / str(given.entries), given.entries, told)
    real = real_province(given.folder / "real")
    parts: list[tuple[str, Callable[[], list[Figure]]]] = [
        ("import", lambda: bench_import.figures(made, given.rounds)),
        ("parcel", lambda: bench_bundle.figures(made)),
        ("reading", lambda: bench_reading.figures(made)),
        ("start", lambda: bench_start.figures(bench_reading.filled(made), made.entries, given.rounds)),
        ("passbook", bench_passbook.figures),
    ]
    if real is not None:
        parts.append(("the real table: import", lambda: bench_import.figures(real, given.rounds)))
        parts.append(("the real table: parcel", lambda: bench_bundle.figures(real)))
    for name, measure in parts:
        told(f"measuring: {name}")
        sys.stdout.write(f"{name}\n\n{shown(measure())}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
