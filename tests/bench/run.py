"""Every figure of this folder in one table: `python tests/bench/run.py [--small] [--entries N] [--rounds N]`.

Each row is a ratio to a named alternative of the same run, CPU time first. Books are made here and found again; with
1,000,000 entries all of it takes some twenty minutes, with `--small` two. The real table of savings stands beside the
made books where it lies beside the checkout.
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

SMALL = 40_000, 1
START_ROUNDS = 7
"""A start is short, and more noise than work where others are at work."""


def told(text: str) -> None:
    """Progress goes where it does not disturb the table."""
    sys.stderr.write(text + "\n")


def main() -> None:
    """Makes what is missing, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="40,000 entries, one round")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "shg-bench")
    given = parser.parse_args()
    if given.small:
        given.entries, given.rounds = SMALL
    made = province(given.folder / str(given.entries), given.entries, told)
    real = real_province(given.folder / "real")
    parts: list[tuple[str, Callable[[], list[Figure]]]] = [
        ("import", lambda: bench_import.figures(made, given.rounds)),
        ("parcel", lambda: bench_bundle.figures(made)),
        ("reading", lambda: bench_reading.figures(made)),
        ("start", lambda: bench_start.figures(bench_reading.filled(made), made.entries, START_ROUNDS)),
        ("passbook", bench_passbook.figures),
    ]
    if real is not None:
        parts.append(("the real table: import", lambda: bench_import.figures(real, given.rounds, judged=False)))
        parts.append(("the real table: parcel", lambda: bench_bundle.figures(real, judged=False)))
        parts.append(
            (
                "the real table: start",
                lambda: bench_start.figures(bench_reading.filled(real), real.entries, START_ROUNDS),
            )
        )
    for name, measure in parts:
        told(f"measuring: {name}")
        sys.stdout.write(f"{name}\n\n{shown(measure())}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
