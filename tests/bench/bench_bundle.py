"""Bytes of a parcel an entry, sealed parts and keys told apart, beside Parquet with zstd of the same entries.

`python tests/bench/bench_bundle.py FOLDER [--entries N]`; Parquet is measured where pyarrow can be imported.
"""

from __future__ import annotations

import argparse
import io
import sys
from dataclasses import replace
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from made_books import PASSPHRASE
from made_books import Province
from made_books import province
from measuring import Figure
from measuring import shown

from shg_desk.actions.books import open_desk
from shg_desk.actions.parcels_in import read_parcel
from shg_desk.domain.canonical import encode
from shg_desk.domain.canonical import first_head
from shg_desk.domain.canonical import parse
from shg_desk.store import log
from shg_desk.store.book import Book
from shg_desk.sync.envelope import pack
from shg_desk.sync.payload import Contents
from shg_desk.sync.payload import Parcel
from shg_desk.sync.payload import write_volumes
from shg_desk.sync.sections import OpLine

LIMIT_BYTES = 8.0


def without_sealed(parcel: Parcel, *, only_ledger: bool = False) -> int:
    """Packed bytes of the payload with empty ciphertexts and no keys; the chain is made anew, as it must be."""
    ops: list[OpLine] = []
    for op in parcel.contents.ops:
        line = parse(op.line)
        if only_ledger and not line["body"].get("entries"):
            continue
        for part in line["body"].get("sealed", ()):
            part[3] = ""
        before = ops[-1].head_after if ops else first_head(op.device, op.epoch)
        ops.append(replace(op, seq=len(ops) + 1, line=encode(line), head_before=before))
    contents = Contents(ops=ops, digests=parcel.contents.digests)
    return sum(len(pack(volume)) for volume in write_volumes(parcel.manifest, contents))


def columns(book: Book) -> dict[str, list[int]]:
    """The entries of a book as columns of small integers: what a table for analysis would hold."""
    rows = book.db.rows(
        "SELECT e.id / 4096, e.id % 4096, e.shg, ifnull(e.member, 0), ifnull(e.loan, 0), e.kind, e.day, "
        "(SELECT sum(p.amount) FROM posting p WHERE p.entry = e.id AND p.amount > 0) FROM entry e ORDER BY e.id"
    )
    names = ("op", "n", "group", "member", "loan", "kind", "day", "amount")
    found = {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
    owners = [loan or member for member, loan in zip(found.pop("member"), found.pop("loan"), strict=True)]
    return {**found, "meeting": found["op"], "whose": owners}


def parquet_bytes(found: dict[str, list[int]]) -> int | None:
    """The size of these columns as a Parquet file with zstd, or None without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return None
    out = io.BytesIO()
    pq.write_table(
        pa.table({name: pa.array(column, pa.int32()) for name, column in found.items()}), out, compression="zstd"
    )
    return len(out.getvalue())


def figures(made: Province, *, judged: bool = True) -> list[Figure]:
    """One laptop's first parcel: its whole three years; not `judged` where it is people more than entries."""
    laptop = open_desk(made.laptops[0], PASSPHRASE)
    book = laptop.book
    # the totals of every entry, not `posting` by entry: that table is ordered by account
    book.db.run("CREATE TEMP TABLE by_entry AS SELECT entry, amount FROM posting ORDER BY entry")
    book.db.run("CREATE INDEX temp.by_entry_entry ON by_entry (entry)")
    book.db.run("CREATE TEMP VIEW posting AS SELECT * FROM by_entry")
    office = open_desk(made.office, PASSPHRASE)
    entries = int(book.db.value("SELECT count(*) FROM entry"))
    operations = log.newest(book.db)
    parcels = [path for path in made.parcels.glob("*.shgb") if path.name.startswith(book.device)]
    content = [path.read_bytes() for path in parcels]
    size = sum(map(len, content))
    read = [read_parcel(office, one) for one in content]
    clear = sum(map(without_sealed, read))
    bare = sum(without_sealed(one, only_ledger=True) for one in read)
    parquet = parquet_bytes(columns(book))
    laptop.close()
    office.close()
    beside = "pyarrow not installed: not measured" if parquet is None else f"Parquet-zstd {parquet / entries:.2f}"
    ratio = "" if parquet is None else f"{bare / parquet:.2f}x the meetings, {size / parquet:.2f}x everything"
    held = size / entries <= LIMIT_BYTES and (parquet is None or bare <= parquet)
    return [
        Figure(
            f"bytes of a parcel a ledger entry ({entries} entries, {operations} operations)",
            f"{bare / entries:.2f} meetings, {(clear - bare) / entries:.2f} people in clear, "
            f"{(size - clear) / entries:.2f} sealed parts, keys and envelope",
            beside,
            ratio,
            ("at most 8" if parquet is None else "at most 8, at most Parquet") if judged else "",
            held if judged else None,
        )
    ]


def main() -> None:
    """The table of this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=50_000)
    given = parser.parse_args()
    sys.stdout.write(shown(figures(province(given.folder, given.entries, sys.stderr.write))))


if __name__ == "__main__":
    main()
