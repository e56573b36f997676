"""How fast passbooks are beside a bare canvas that only draws the same texts: `python tests/bench/bench_passbook.py`.

Prints the ratio of CPU times (above 1: faster than the bare canvas); both run in turns in one process.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP), str(TOP / "tests")]

from measuring import Figure  # noqa: E402
from measuring import shown  # noqa: E402
from paper_makers import PRINTED  # noqa: E402
from paper_makers import SOM  # noqa: E402
from paper_makers import holder  # noqa: E402
from paper_makers import ledger  # noqa: E402
from reportlab.lib.pagesizes import A6  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from shg_desk.domain.statement import Statement  # noqa: E402
from shg_desk.domain.statement import member_statement  # noqa: E402
from shg_desk.i18n import formats  # noqa: E402
from shg_desk.i18n import ledger_words  # noqa: E402
from shg_desk.i18n.catalog import Words  # noqa: E402
from shg_desk.reports.passbook import Booklet  # noqa: E402
from shg_desk.reports.passbook import passbook  # noqa: E402
from shg_desk.reports.typeface import face  # noqa: E402

MEMBERS, MEETINGS, ROUNDS, ROWS_A_PAGE = 120, 40, 7, 12


Row = tuple[str, str, str, str, str]


def texts(statement: Statement, words: Words) -> list[Row]:
    """What stands in the cells of a statement's rows."""
    found = []
    for row in statement.rows:
        came = formats.amount(words, row.in_minor, SOM) if row.in_minor else ""
        went = formats.amount(words, row.out_minor, SOM) if row.out_minor else ""
        left = "" if row.left_minor is None else formats.amount(words, row.left_minor, SOM)
        said = ledger_words.statement_line(words, row, SOM)
        found.append((formats.date(row.effective), said, came, went, left))
    return found


def bare(tables: list[list[Row]]) -> int:
    """The rows by drawString and drawRightString, 12 a page, with nothing else on it and nothing measured."""
    canvas = Canvas(io.BytesIO(), pagesize=A6, pageCompression=1, invariant=1)
    name = face(400).fontName
    pages = 0
    for rows in tables:
        for start in range(0, len(rows), ROWS_A_PAGE):
            canvas.setFont(name, 9)
            y = 380.0
            for day, said, came, went, left in rows[start : start + ROWS_A_PAGE]:
                canvas.drawString(20, y, day)
                canvas.drawString(80, y, said)
                canvas.drawRightString(190, y, came)
                canvas.drawRightString(230, y, went)
                canvas.drawRightString(270, y, left)
                y -= 20
            canvas.showPage()
            pages += 1
    canvas.save()
    return pages


def measured() -> tuple[int, dict[str, float]]:
    """How many rows were drawn, and the median CPU seconds of each way, run in turns."""
    facts = ledger(MEMBERS, MEETINGS).facts
    by_member: dict[str, list[object]] = {}
    for fact in facts:
        by_member.setdefault(fact.member or "", []).append(fact)
    statements = [
        member_statement(
            by_member[f"m{index}"],  # type: ignore[arg-type]
            holder(index),
            group_name="Ырыс",
            group_code="KB-03",
            currency=SOM,
        )
        for index in range(MEMBERS)
    ]
    words = Words("ky")
    booklets = [Booklet(statement, words) for statement in statements]
    ready = [texts(statement, words) for statement in statements]
    taken: dict[str, list[float]] = {"ready": [], "made": [], "ours": []}
    for _ in range(ROUNDS):
        marks = [time.process_time()]
        bare(ready)
        marks.append(time.process_time())
        bare([texts(statement, words) for statement in statements])
        marks.append(time.process_time())
        passbook(booklets, PRINTED)
        marks.append(time.process_time())
        for name, began, ended in zip(taken, marks, marks[1:], strict=False):
            taken[name].append(ended - began)
    median = {name: statistics.median(times) for name, times in taken.items()}
    return sum(map(len, ready)), median


def figures() -> list[Figure]:
    """Passbooks beside the bare canvas that draws the same texts, made already or made then."""
    rows, median = measured()
    ratio = median["ready"] / median["ours"]
    beside = f"bare canvas {median['ready']:.3f} s, with the texts made too {median['made']:.3f} s"
    shares = f"{ratio:.2f}x the speed, {median['made'] / median['ours']:.2f}x with the texts"
    what = f"passbooks of {rows} rows"
    return [Figure(what, f"{median['ours']:.3f} s CPU", beside, shares, "at least 0.6x the speed", ratio >= 0.6)]


def main() -> None:
    """The table of this file."""
    sys.stdout.write(shown(figures()))


if __name__ == "__main__":
    main()
