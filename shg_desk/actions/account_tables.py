"""An account of a group as a table that other programs open (XLSX or CSV, by the ending of the file's name)."""

from __future__ import annotations

import time
from pathlib import Path

from shg_desk.actions.desk import Desk
from shg_desk.actions.views_ledger import LedgerWish
from shg_desk.actions.views_ledger import ledger_view
from shg_desk.i18n.catalog import Words
from shg_desk.reports.tables_out import account_rows
from shg_desk.reports.tables_out import to_csv
from shg_desk.reports.tables_out import to_xlsx
from shg_desk.sync.durable import write_where_said


def write_account_table(desk: Desk, out: Path, words: Words, wish: LedgerWish) -> int:
    """Writes what the ledger's page shows of a wish; gives the number of lines.

    Raises SurroundingsError FOLDER_UNUSABLE or DISK_FULL.
    """
    view = ledger_view(desk, wish)
    rows = [] if view is None else account_rows(view.statement, words)
    data = to_csv(rows) if out.suffix.lower() == ".csv" else to_xlsx(rows, view.group.number if view else "")
    write_where_said(out, data, time.sleep)
    return len(view.statement.rows) if view else 0
