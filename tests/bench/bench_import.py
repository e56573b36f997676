"""Import at the office from sealed parcels to committed rows, beside bare `executemany` of the same rows; rebuild.

`python tests/bench/bench_import.py FOLDER [--rounds N] [--entries N]`. Both sides run in processes of their own, in
turns: same schema, indexes, cipher and `synchronous=FULL`; the bare side writes entries by id and postings in the
order of their key, which is the cheapest order there is, in one transaction. Closing the book is counted on both.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from made_books import PASSPHRASE
from made_books import Province
from made_books import province
from measuring import Figure
from measuring import child
from measuring import median
from measuring import report
from measuring import shown
from measuring import timed

from shg_desk.actions.books import open_desk
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.store.book import create_book

MEMORY_LIMIT_MIB = 256


def ours(office: Path, parcels: Path) -> None:
    """Child: every parcel of a folder into an office's book."""
    desk = open_desk(office, PASSPHRASE)

    def work() -> None:
        received = import_parcels(desk, [parcels]).value
        assert not received.refused
        assert not received.held
        assert not received.quarantined
        desk.close()

    report(timed(work))


def bare(office: Path, folder: Path) -> None:
    """Child: the rows of an office's ledger into an empty book, by `executemany` and nothing else."""
    desk = open_desk(office, PASSPHRASE)
    entries = desk.book.db.rows("SELECT * FROM entry ORDER BY id")
    postings = desk.book.db.rows("SELECT * FROM posting ORDER BY account, day, entry")
    desk.close()
    book = create_book(folder, bytes(32), [], lambda part: None, bytes)
    raw = book.db.connection

    def work() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", entries)
        raw.executemany("INSERT INTO posting VALUES (?, ?, ?, ?)", postings)
        raw.execute("COMMIT")
        book.close()

    report(timed(work) | {"entries": len(entries), "postings": len(postings)})


def again(office: Path) -> None:
    """Child: every derived table made again from the log."""
    desk = open_desk(office, PASSPHRASE)
    found = timed(desk.book.rebuild)
    report(found | {"entries": desk.book.db.value("SELECT count(*) FROM entry")})
    desk.close()


def figures(made: Province, rounds: int = 3, *, judged: bool = True) -> list[Figure]:
    """Import and rebuild beside the bare insert; not `judged` where the parcels are people more than entries."""
    script = Path(__file__)
    taken: dict[str, list[dict[str, float]]] = {"ours": [], "bare": [], "again": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(dir=made.folder) as name:
            office = Path(name) / "office.shgbook"
            shutil.copytree(made.office, office)
            taken["ours"].append(child(script, "--child", "ours", office, made.parcels))
            taken["bare"].append(child(script, "--child", "bare", office, Path(name) / "bare.shgbook"))
            taken["again"].append(child(script, "--child", "again", office))
    cpu = {name: median(found, "cpu") for name, found in taken.items()}
    wall = {name: median(found, "wall") for name, found in taken.items()}
    entries, postings = int(taken["bare"][0]["entries"]), int(taken["bare"][0]["postings"])
    peak = max(one["peak"] for one in taken["ours"])
    peak_again = max(one["peak"] for one in taken["again"])
    beside = f"bare executemany of {entries} entries, {postings} postings: {cpu['bare']:.2f} s CPU"
    ratio, ratio_wall = cpu["ours"] / cpu["bare"], wall["ours"] / wall["bare"]
    files = len(list(made.parcels.glob("*.shgb")))
    return [
        Figure(
            f"import of {files} parcels: open, verify, unpack, parse, chain, derive, digests, commit",
            f"{cpu['ours']:.2f} s CPU, {entries / cpu['ours']:.0f} entries/s",
            beside,
            f"{ratio:.2f}x CPU ({ratio_wall:.2f}x wall)",
            "at most 3x" if judged else "",
            ratio <= 3 if judged else None,
        ),
        Figure("memory of that import, peak", f"{peak:.0f} MiB", "", "", "under 256 MiB", peak < MEMORY_LIMIT_MIB),
        Figure(
            "rebuild of every derived table",
            f"{cpu['again']:.2f} s CPU, {entries / cpu['again']:.0f} entries/s, peak {peak_again:.0f} MiB",
            beside,
            f"{cpu['again'] / cpu['bare']:.2f}x CPU",
            "under 256 MiB",
            peak_again < MEMORY_LIMIT_MIB,
        ),
    ]


def main() -> None:
    """A child's part, or the whole table."""
    if sys.argv[1] == "--child":
        {"ours": ours, "bare": bare, "again": again}[sys.argv[2]](*map(Path, sys.argv[3:]))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--entries", type=int, default=50_000)
    given = parser.parse_args()
    made = province(given.folder, given.entries, lambda text: sys.stderr.write(text + "\n"))
    sys.stdout.write(shown(figures(made, given.rounds)))


if __name__ == "__main__":
    main()
