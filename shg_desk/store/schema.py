"""Tables of the book: the guarded log, what is local to this computer, and derived tables that can be made again.

Steps for the lasting tables are run by sqlite-utils' migrations, each in its own transaction. Derived tables have no
steps: when their shape changes, DERIVED_VERSION grows and the book is rebuilt from its log.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shg_desk.domain.canonical import first_head
from shg_desk.domain.canonical import next_head
from shg_desk.domain.kind_versions import KIND_VERSIONS
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store.db import Db

if TYPE_CHECKING:
    from sqlite_utils import Database  # only a book of an older version needs it

LASTING_VERSION = 3
DERIVED_VERSION = 16

GUARDS = {
    f"{table}_no_{verb}": (
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    )
    for table in ("operation", "chain")
    for verb in ("update", "delete")
}

LASTING = """
CREATE TABLE chain (
    id INTEGER PRIMARY KEY, device TEXT NOT NULL, epoch TEXT NOT NULL, UNIQUE (device, epoch)
) STRICT;
CREATE TABLE operation (
    id INTEGER PRIMARY KEY, chain INTEGER NOT NULL REFERENCES chain, seq INTEGER NOT NULL CHECK (seq > 0),
    line BLOB NOT NULL, hash BLOB NOT NULL, head_before BLOB NOT NULL, head BLOB NOT NULL, relayed INTEGER NOT NULL,
    UNIQUE (chain, seq, hash)
) STRICT;
CREATE TABLE household_key (
    owner TEXT NOT NULL, purpose TEXT NOT NULL, number INTEGER NOT NULL, key BLOB, destroyed_by TEXT,
    PRIMARY KEY (owner, purpose, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE device (
    code TEXT PRIMARY KEY, label TEXT NOT NULL, age TEXT NOT NULL, minisign TEXT NOT NULL, state TEXT NOT NULL,
    compared INTEGER NOT NULL, registry INTEGER NOT NULL, certificate TEXT NOT NULL, revoked TEXT, newest_return INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE device_group (
    device TEXT NOT NULL, code TEXT NOT NULL, shg TEXT, PRIMARY KEY (device, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE chain_mark (
    device TEXT NOT NULL, epoch TEXT NOT NULL, exported INTEGER NOT NULL DEFAULT 0,
    received INTEGER NOT NULL DEFAULT 0, received_head BLOB, PRIMARY KEY (device, epoch)
) STRICT, WITHOUT ROWID;
CREATE TABLE agreed_digest (
    shg TEXT NOT NULL, month INTEGER NOT NULL, count INTEGER NOT NULL, debit INTEGER NOT NULL,
    lane0 INTEGER NOT NULL, lane1 INTEGER NOT NULL, PRIMARY KEY (shg, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE disagreement (
    device TEXT NOT NULL, shg TEXT NOT NULL, month INTEGER NOT NULL, theirs TEXT NOT NULL, ours TEXT NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (device, shg, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE parcel (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, kind TEXT NOT NULL, outgoing INTEGER NOT NULL, partner TEXT NOT NULL,
    file TEXT NOT NULL, place TEXT NOT NULL, at INTEGER NOT NULL, operations INTEGER NOT NULL, facts TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE printed (
    membership TEXT PRIMARY KEY, booklet TEXT NOT NULL, lines INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE picture (hash TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
CREATE TABLE picture_at (
    partner TEXT NOT NULL, hash TEXT NOT NULL, sent INTEGER NOT NULL DEFAULT 0, has INTEGER NOT NULL DEFAULT 0,
    told INTEGER, PRIMARY KEY (partner, hash)
) STRICT, WITHOUT ROWID;
"""

DERIVED = {
    "standing": """(op INTEGER PRIMARY KEY, state INTEGER NOT NULL, code TEXT, shg INTEGER, day INTEGER, depth INTEGER,
        seen INTEGER, kind TEXT)""",
    "waiting": "(need TEXT NOT NULL, op INTEGER NOT NULL, PRIMARY KEY (need, op)) STRICT, WITHOUT ROWID",
    "thing": "(id INTEGER PRIMARY KEY, type TEXT NOT NULL, gid TEXT NOT NULL, UNIQUE (type, gid))",
    "revision": """(op INTEGER NOT NULL, thing INTEGER NOT NULL, field_group TEXT NOT NULL, clear TEXT NOT NULL,
        sealed TEXT, seal_state TEXT NOT NULL, seal_owner TEXT, ancestors INTEGER NOT NULL, is_head INTEGER NOT NULL,
        PRIMARY KEY (thing, field_group, op)) STRICT, WITHOUT ROWID""",
    "village": "(thing INTEGER PRIMARY KEY, name TEXT, soate TEXT, search TEXT NOT NULL)",
    "household": """(thing INTEGER PRIMARY KEY, code TEXT, village INTEGER, head TEXT, address TEXT, phone TEXT,
        search TEXT NOT NULL, seal_state TEXT NOT NULL)""",
    "person": """(thing INTEGER PRIMARY KEY, household INTEGER, name TEXT, father TEXT, nickname TEXT, sex TEXT,
        birth TEXT, language TEXT, search TEXT NOT NULL, seal_state TEXT NOT NULL)""",
    "shg": """(thing INTEGER PRIMARY KEY, code TEXT, name TEXT, village INTEGER, lifecycle TEXT, formed_on TEXT,
        currency TEXT, minor_digits INTEGER, smallest_minor INTEGER, places TEXT, keeper TEXT, state TEXT,
        search TEXT NOT NULL)""",
    "membership": """(thing INTEGER PRIMARY KEY, shg INTEGER, person INTEGER, household INTEGER, number TEXT,
        number_order TEXT NOT NULL, booklet TEXT, joined TEXT, left TEXT, why TEXT)""",
    "officer": """(thing INTEGER PRIMARY KEY, shg INTEGER, membership INTEGER, post TEXT, since TEXT, until TEXT)""",
    "tombstone": "(thing INTEGER NOT NULL, op INTEGER NOT NULL, reason TEXT, PRIMARY KEY (thing, op)) WITHOUT ROWID",
    "same_as": """(thing INTEGER NOT NULL, other INTEGER NOT NULL, op INTEGER NOT NULL, same INTEGER NOT NULL,
        PRIMARY KEY (thing, other, op)) WITHOUT ROWID""",
    "rules": """(op INTEGER PRIMARY KEY, shg INTEGER NOT NULL, day INTEGER NOT NULL, content TEXT NOT NULL,
        is_head INTEGER NOT NULL)""",
    "loan": """(thing INTEGER PRIMARY KEY, shg INTEGER NOT NULL, member INTEGER NOT NULL, code TEXT NOT NULL,
        op INTEGER NOT NULL, day INTEGER NOT NULL, principal INTEGER NOT NULL, terms TEXT NOT NULL)""",
    "meeting": """(op INTEGER PRIMARY KEY, shg INTEGER NOT NULL, day INTEGER NOT NULL, number TEXT,
        held INTEGER NOT NULL,
        reason TEXT, next_day INTEGER, members INTEGER NOT NULL, present INTEGER NOT NULL,
        represented INTEGER NOT NULL)""",
    "attendance": """(op INTEGER NOT NULL, member INTEGER NOT NULL, mark TEXT NOT NULL, by_whom TEXT,
        PRIMARY KEY (op, member)) WITHOUT ROWID""",
    "amended": """(meeting INTEGER NOT NULL, op INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (meeting, op))
        STRICT, WITHOUT ROWID""",
    "marks_twice": "(meeting INTEGER NOT NULL, op INTEGER NOT NULL, PRIMARY KEY (meeting, op)) STRICT, WITHOUT ROWID",
    "annulled": "(op INTEGER PRIMARY KEY)",
    "cash_count": """(op INTEGER NOT NULL, n INTEGER NOT NULL, account INTEGER NOT NULL, day INTEGER NOT NULL,
        counted INTEGER NOT NULL, expected INTEGER NOT NULL, awaiting INTEGER NOT NULL, paper INTEGER NOT NULL,
        PRIMARY KEY (op, n)) WITHOUT ROWID""",
    "account": "(id INTEGER PRIMARY KEY, shg INTEGER NOT NULL, code TEXT NOT NULL, owner INTEGER, holds TEXT NOT NULL)",
    "entry": """(id INTEGER PRIMARY KEY, shg INTEGER NOT NULL, day INTEGER NOT NULL, kind INTEGER NOT NULL,
        member INTEGER, loan INTEGER, facts TEXT)""",
    "posting": """(account INTEGER NOT NULL, day INTEGER NOT NULL, entry INTEGER NOT NULL, amount INTEGER NOT NULL,
        PRIMARY KEY (account, day, entry)) STRICT, WITHOUT ROWID""",
    "month_total": """(account INTEGER NOT NULL, month INTEGER NOT NULL, count INTEGER NOT NULL, sum INTEGER NOT NULL,
        PRIMARY KEY (account, month)) STRICT, WITHOUT ROWID""",
    "digest": """(shg INTEGER NOT NULL, month INTEGER NOT NULL, count INTEGER NOT NULL, debit INTEGER NOT NULL,
        lane0 INTEGER NOT NULL, lane1 INTEGER NOT NULL, PRIMARY KEY (shg, month)) STRICT, WITHOUT ROWID""",
    "corrected": "(entry INTEGER NOT NULL, by INTEGER NOT NULL, PRIMARY KEY (entry, by)) STRICT, WITHOUT ROWID",
    "taken_back": "(entry INTEGER PRIMARY KEY, times INTEGER NOT NULL)",
    "undone": "(op INTEGER PRIMARY KEY)",
    "import_key": "(key BLOB NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (key, entry)) STRICT, WITHOUT ROWID",
    "settled": "(difference TEXT NOT NULL, op INTEGER NOT NULL, choice TEXT NOT NULL, PRIMARY KEY (difference, op)) "
    "STRICT, WITHOUT ROWID",
    "closing": "(op INTEGER PRIMARY KEY, shg INTEGER NOT NULL, from_day INTEGER NOT NULL, until_day INTEGER NOT NULL)",
    "note": "(op INTEGER PRIMARY KEY, household INTEGER NOT NULL, roles TEXT NOT NULL, note TEXT NOT NULL)",
    "file": """(op INTEGER PRIMARY KEY, thing INTEGER NOT NULL, shg INTEGER NOT NULL, about INTEGER NOT NULL,
        hash TEXT NOT NULL, length INTEGER NOT NULL, media TEXT NOT NULL, key INTEGER NOT NULL, page INTEGER,
        pages INTEGER)""",
}
"""Every derived table; `rebuild` empties and fills them all."""

DERIVED_INDEXES = (
    "CREATE UNIQUE INDEX account_whose ON account (shg, code, ifnull(owner, 0))",
    "CREATE INDEX meeting_depth ON standing (shg, depth, day) WHERE kind = 'meeting' AND state = 0",
    "CREATE INDEX meeting_day ON standing (shg, day) WHERE kind = 'meeting' AND state = 0",
    "CREATE INDEX meeting_seen ON standing (shg, seen) WHERE kind = 'meeting' AND state = 0",
    "CREATE INDEX standing_shg ON standing (shg) WHERE shg IS NOT NULL",
    "CREATE INDEX standing_seen ON standing (seen) WHERE seen IS NOT NULL",
    "CREATE INDEX standing_open ON standing (state) WHERE state > 0",
    "CREATE INDEX person_search ON person (search)",
    "CREATE INDEX person_household ON person (household)",
    "CREATE INDEX household_village ON household (village)",
    "CREATE INDEX membership_shg ON membership (shg, number_order)",
    "CREATE INDEX membership_person ON membership (person)",
    "CREATE INDEX officer_shg ON officer (shg)",
    "CREATE INDEX loan_member ON loan (member)",
    "CREATE INDEX loan_shg ON loan (shg, day)",
    "CREATE INDEX meeting_shg ON meeting (shg, day)",
    "CREATE INDEX rules_shg ON rules (shg, day)",
    "CREATE INDEX count_account ON cash_count (account, day)",
    "CREATE INDEX corrected_by ON corrected (by)",
    "CREATE INDEX revision_seal ON revision (seal_owner) WHERE seal_owner IS NOT NULL",
    "CREATE INDEX file_about ON file (about)",
    "CREATE INDEX file_hash ON file (hash)",
    "CREATE INDEX revision_conflict ON revision (thing, field_group) WHERE is_head = 1",
)


ENTRY_INDEXES = (
    "CREATE INDEX entry_day ON entry (shg, day)",
    "CREATE INDEX entry_member ON entry (member, day) WHERE member IS NOT NULL",
)
"""Made when a rebuild has filled the table: sorting once is cheaper than sorting in."""


def create_lasting(db: Db) -> None:
    """Makes the tables that last, in a new book."""
    migrate(db)


def migrate(db: Db) -> bool:
    """Brings the lasting tables to this version, step by step; True where anything changed.

    Raises KnownError BOOK_NEWER for a book made by a newer program; its tables are not touched.
    """
    version = int(db.value("PRAGMA user_version"))
    if version > LASTING_VERSION:
        raise KnownError(Problem(Code.BOOK_NEWER, str(db.path), {"found": version, "known": LASTING_VERSION}))
    if version == LASTING_VERSION:
        return False
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    steps = Migrations("shg_desk")

    @steps()
    def first_tables(database: Database) -> None:
        for statement in LASTING.strip().split(";\n"):
            database.execute(statement.strip().rstrip(";"))

    @steps()
    def heads_before(database: Database) -> None:
        """The earliest books kept no head before a line and no disagreements; they called themselves version 1 too."""
        _add_heads_before(database)

    @steps()
    def pictures(database: Database) -> None:
        for name, rest in _lasting_tables():
            if name.startswith("picture") and name not in database.table_names():
                database.execute(f"CREATE TABLE {name} ({rest}")

    steps.apply(Database(db.connection))
    make_guards(db)
    db.run(f"PRAGMA user_version={LASTING_VERSION}")
    return True


def _add_heads_before(database: Database) -> None:
    statements = {name: f"CREATE TABLE {name} (" + rest for name, rest in _lasting_tables()}
    if "disagreement" not in database.table_names():
        database.execute(statements["disagreement"])
    if any(column.name == "head_before" for column in database["operation"].columns):
        return
    heads: dict[tuple[int, int], list[bytes]] = {}
    rows = []
    codes = {number: (device, epoch) for number, device, epoch in database.execute("SELECT * FROM chain")}
    for number, chain, seq, line, hashed, head, relayed in database.execute("SELECT * FROM operation ORDER BY seq, id"):
        known = [first_head(*codes[chain])] if seq == 1 else heads.get((chain, seq - 1), [])
        before = next((one for one in known if next_head(one, hashed) == head), b"")  # none: the check will tell
        heads.setdefault((chain, seq), []).append(head)
        rows.append((number, chain, seq, line, hashed, before, head, relayed))
    for name in GUARDS:
        if "operation" in name:
            database.execute(f"DROP TRIGGER {name}")
    database.execute("DROP TABLE operation")
    database.execute(statements["operation"])
    database.conn.executemany("INSERT INTO operation VALUES (?, ?, ?, ?, ?, ?, ?, ?)", sorted(rows))


def _lasting_tables() -> Iterator[tuple[str, str]]:
    """Each lasting table's name and what follows it, up to its end."""
    for statement in LASTING.strip().split(";\n"):
        name, _, rest = statement.strip().rstrip(";").removeprefix("CREATE TABLE ").partition(" (")
        yield name, rest


def make_guards(db: Db) -> None:
    """Puts every trigger of the log in place (a table transform would have dropped them)."""
    present = _triggers(db)
    for name, statement in GUARDS.items():
        if name not in present:
            db.run(statement)


def check_guards(db: Db) -> None:
    """Raises KnownError GUARDS_MISSING where a trigger of the log is missing or was changed."""
    present = _triggers(db)
    wrong = sorted(name for name, statement in GUARDS.items() if present.get(name) != statement)
    if wrong:
        raise KnownError(Problem(Code.GUARDS_MISSING, str(db.path), {"names": ", ".join(wrong)}))


def _triggers(db: Db) -> dict[str, str]:
    return dict(db.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))


def make_derived(db: Db, *, entry_indexes: bool = True) -> None:
    """Drops and makes anew every derived table, empty; a rebuild calls `make_entry_indexes` itself at its end."""
    for table, columns in DERIVED.items():
        db.run(f"DROP TABLE IF EXISTS {table}")
        strict = "" if "STRICT" in columns else (", STRICT" if "WITHOUT ROWID" in columns else " STRICT")
        db.run(f"CREATE TABLE {table} {columns}{strict}")
    for statement in DERIVED_INDEXES:
        db.run(statement)
    if entry_indexes:
        make_entry_indexes(db)
    db.run("INSERT OR REPLACE INTO setting VALUES ('derived_version', ?)", (_derived_version(),))


def make_entry_indexes(db: Db) -> None:
    """Makes the indexes of the largest table."""
    for statement in ENTRY_INDEXES:
        db.run(statement)


def _derived_version() -> str:
    """The shape of the tables and the kinds of operations known: what a newer kind held back counts after a rebuild."""
    kinds = " ".join(f"{name}/{version}" for name, version in sorted(KIND_VERSIONS.items()))
    return f"{DERIVED_VERSION} {kinds}"


def derived_is_current(db: Db) -> bool:
    """True when the derived tables have the shape this program writes, and were made knowing the same kinds."""
    return bool(db.value("SELECT value FROM setting WHERE name = 'derived_version'") == _derived_version())
