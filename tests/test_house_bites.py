"""Each house rule on a small house that breaks it, so that a rule that no longer sees anything is found."""

from __future__ import annotations

import pytest
from house import Source
from house import broad_excepts
from house import code_in_inits
from house import cycles
from house import empty_names
from house import impurities
from house import left_out_tests
from house import pins
from house import shared_names
from house import star_imports
from house import too_long
from house import without_docstring
from house import words_in_f_strings
from house import wrong_directions
from house import wrong_libraries

HASH = "--hash=sha256:" + "0f" * 32
MAY = {"ui": {"domain"}, "store": {"domain"}, "domain": set[str]()}


def at(path: str, text: str) -> list[Source]:
    return [Source(path, text)]


@pytest.mark.parametrize(
    "line",
    [
        "import shg_desk.store.db",
        "from shg_desk import store",
        "from shg_desk.store import db",
        "from ..store import db",
        "from .. import store",
        "def late():\n    from shg_desk.store.db import open_book",
        "if TYPE_CHECKING:\n    from shg_desk.store import db",
        "importlib.import_module('shg_desk.store.db')",
    ],
)
def test_an_import_to_the_left_is_seen_in_every_dress(line: str) -> None:
    assert len(wrong_directions(at("shg_desk/ui/page.py", line), MAY, ())) == 1
    assert wrong_directions(at("shg_desk/ui/page.py", line), MAY, {("shg_desk.ui.page", "store")}) == []
    assert wrong_directions(at("shg_desk/store/page.py", line), MAY, ()) == []


def test_the_right_direction_is_let_through() -> None:
    text = "from shg_desk.domain import money\nfrom . import widgets\nfrom shg_desk import __version__\nimport json"
    assert wrong_directions(at("shg_desk/ui/page.py", text), MAY, ()) == []


def test_a_library_outside_its_room_or_without_one_is_seen() -> None:
    text = "import sqlite3\nimport json\ndef f():\n    import requests"
    homes = {"sqlite3": {"store"}}
    assert len(wrong_libraries(at("shg_desk/ui/page.py", text), homes, {"json", "sqlite3"})) == 2
    assert len(wrong_libraries(at("shg_desk/store/db.py", text), homes, {"json", "sqlite3"})) == 1


@pytest.mark.parametrize("line", ["import os.path", "from time import sleep", "open('x')", "datetime.datetime.now()"])
def test_a_pure_room_that_looks_outside_is_seen(line: str) -> None:
    calls = {"open", "datetime.now"}
    assert len(impurities(at("shg_desk/domain/loans.py", line), {"domain"}, {"os", "time"}, calls)) == 1
    assert impurities(at("shg_desk/ui/loans.py", line), {"domain"}, {"os", "time"}, calls) == []


def test_a_ring_is_seen_and_a_late_import_is_none() -> None:
    one, two, three = "shg_desk/domain/one.py", "shg_desk/domain/two.py", "shg_desk/domain/three.py"
    to_two, to_three = "from shg_desk.domain import two", "from shg_desk.domain.three import x"
    ring = [
        Source(one, to_two),
        Source(two, to_three),
        Source(three, "try:\n    import shg_desk.domain.one\nfinally: ..."),
    ]
    assert len(cycles(ring)) == 1
    late = "def f():\n    import shg_desk.domain.one\nif TYPE_CHECKING:\n    import shg_desk.domain.one"
    assert cycles([*ring[:2], Source(three, late)]) == []


def test_length_is_counted_to_the_line() -> None:
    function = "def f():\n" + "    x\n" * 69
    assert too_long(at("a.py", function), 70, 70) == []
    assert len(too_long(at("a.py", function + "    x\n"), 70, 70)) == 2


def test_names_stars_and_inits() -> None:
    assert star_imports(at("a.py", "from os import *"))
    assert empty_names(at("shg_desk/ui/utils.py", ""), {"utils"})
    assert empty_names(at("shg_desk/utils/dates.py", ""), {"utils"})
    assert empty_names(at("shg_desk/ui/utilities_bill.py", ""), {"utils"}) == []
    assert code_in_inits(at("shg_desk/ui/__init__.py", '"""Text."""\nimport os'), ())
    assert code_in_inits(at("shg_desk/ui/__init__.py", ""), ())
    assert code_in_inits(at("shg_desk/ui/__init__.py", '"""Text."""'), ()) == []


def test_missing_docstrings() -> None:
    text = '"""Text."""\ndef f(): ...\nclass C: ...\ndef _g(): ...'
    assert len(without_docstring(at("shg_desk/domain/a.py", text), {"domain"})) == 2
    assert without_docstring(at("shg_desk/ui/a.py", text), {"domain"}) == []
    assert without_docstring(at("tests/domain/a.py", text), {"domain"}) == []
    assert len(without_docstring(at("tests/a.py", "x = 1"), ())) == 1


def test_handlers_that_catch_whatever_comes() -> None:
    for kind in ("Exception", "BaseException", "(OSError, Exception)"):
        text = f"try: ...\nexcept {kind}: ..."
        assert broad_excepts(at("a.py", text), ())
        assert broad_excepts(at("a.py", text), {"a.py"}) == []
    assert broad_excepts(at("a.py", "try: ...\nexcept: ..."), {"a.py"})
    assert broad_excepts(at("a.py", "try: ...\nexcept Exception:\n    undo()\n    raise"), ()) == []
    assert broad_excepts(at("a.py", "try: ...\nexcept Exception as e:\n    raise KnownError() from e"), ())
    assert broad_excepts(at("a.py", "try: ...\nexcept (OSError, ValueError): ..."), ()) == []


@pytest.mark.parametrize(
    "line",
    [
        "@pytest.mark.skip\ndef f(): ...",
        "pytest.skip('no')",
        "x = pytest.mark.xfail(strict=True)",
        "from unittest import skip",
    ],
)
def test_a_test_switched_off_is_seen(line: str) -> None:
    assert left_out_tests(at("tests/a.py", line))


def test_test_files_of_one_name_are_seen() -> None:
    assert shared_names(at("tests/a/test_keys.py", "") + at("tests/b/test_keys.py", ""))
    assert shared_names(at("tests/a/test_keys.py", "") + at("tests/b/test_locks.py", "")) == []


def test_words_inside_an_f_string() -> None:
    assert words_in_f_strings(at("a.py", "f\"{w._('text')} {n}\""))
    assert words_in_f_strings(at("a.py", "w._('text {n}').format(n=1)")) == []


@pytest.mark.parametrize(
    ("lock", "count"),
    [
        (
            f"# x\na-b==1.0 \\\n  {HASH} \\\n  {HASH}\n    # via c\nc==2 ; sys_platform == 'win32' \\\n  {HASH}\n",
            2,
        ),
        ("a==1.0\n", None),
        (f"a>=1.0 \\\n    {HASH}\n", None),
        (f"--index-url x\na==1.0 \\\n    {HASH}\n", None),
        (f"a==1.0 \\\n    {HASH[:-1]}\n", None),
        (f"a @ file:///a.whl \\\n    {HASH}\n", None),
    ],
)
def test_locks_are_read_line_by_line(lock: str, count: int | None) -> None:
    found = pins(lock)
    assert (None if found == "unreadable" else len(found)) == count
