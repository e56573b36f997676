"""What every measurement here shares: child processes that report on themselves, figures as rows of one table."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
SHARED = TOP.parent / "shared"
PASSPHRASE = "benchmark of the desk"


@dataclass(frozen=True)
class Figure:
    """One row: what was measured, ours, the alternative beside it, the ratio, what was to be reached, and whether."""

    what: str
    ours: str
    beside: str
    ratio: str
    reach: str
    held: bool | None


def peak_mib() -> float:
    """The most memory this process ever held (`ru_maxrss` would remember the parent's)."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident_mib() -> float:
    """The memory this process holds now."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return int(lines["VmRSS"].split()[0]) / 1024


def timed(work: Callable[[], object]) -> dict[str, float]:
    """CPU and wall seconds of a piece of work in this process, and its peak memory after it."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "peak": peak_mib(),
    }


def report(found: dict[str, Any]) -> None:
    """A child tells its parent."""
    sys.stdout.write("\n" + json.dumps(found) + "\n")


def child(script: Path, *arguments: object, env: dict[str, str] | None = None) -> dict[str, Any]:
    """Runs a script of this folder in a process of its own and gives what it reported."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # bytecode as an installed program has it, but not in this checkout
    around |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "shg-bytecode")}
    done = subprocess.run(
        [sys.executable, str(script), *map(str, arguments)],
        env={**around, **(env or {})},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def median(found: Sequence[dict[str, float]], name: str) -> float:
    """The median of one measure over rounds."""
    return statistics.median(one[name] for one in found)


def shown(figures: Sequence[Figure]) -> str:
    """The rows as a table of Markdown."""
    words = {True: "yes", False: "**no**", None: ""}
    lines = ["| what | here | beside it | ratio | reach | held |", "|---|---|---|---|---|---|"]
    lines += [f"| {f.what} | {f.ours} | {f.beside} | {f.ratio} | {f.reach} | {words[f.held]} |" for f in figures]
    return "\n".join(lines) + "\n"
