"""The house rules, proven on the syntax trees of what is committed, on the locks and on the project's metadata."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from house import PACKAGE
from house import Pin
from house import Source
from house import broad_excepts
from house import code_in_inits
from house import cycles
from house import empty_names
from house import imports
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
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "README.md",
    "packaging",
    "pyproject.toml",
    "resources",
    PACKAGE,
    "tests",
    "translations",
}

MIDDLE = {"forms", "reconcile", "reports", "store", "sync", "tables"}
BASE = {"domain", "i18n", "shipped"}
MAY_IMPORT = {
    "domain": set[str](),
    "shipped": set[str](),
    "i18n": {"domain", "shipped"},
    "forms": {"domain"},
    "reconcile": {"domain"},
    "store": {"domain"},
    "sync": {"domain"},
    "tables": {"domain", "shipped"},
    "reports": BASE,
    "actions": MIDDLE | BASE,
    "cli": {"actions"} | MIDDLE | BASE,
    "hub": {"actions"} | MIDDLE | BASE,
    "ui": {"actions"} | (MIDDLE - {"store"}) | BASE,  # the window never touches SQL
    "__main__": {"cli", "ui", "hub", "actions"} | BASE,  # joins the programs; only it starts the window
}
ALLOWED_IMPORTS: dict[tuple[str, str], str] = {}  # (module, room): the reason

LIBRARY_ROOMS = {
    "PIL": {"tables"},
    "PySide6": {"ui"},
    "babel": {"i18n"},
    "charset_normalizer": {"tables"},
    "click": {"cli"},
    "cryptography": {"sync"},
    "elementpath": {"forms"},
    "fontpkg": {"reports"},
    "fontpkg_fira_sans": {"ui"},  # one typeface for paper and screen, from the same wheel
    "httpx": {"sync"},
    "lzma": {"sync"},
    "minisign": {"sync"},
    "numpy": {"reconcile"},
    "openpyxl": {"reports"},
    "pyrage": {"sync"},
    "python_calamine": {"tables"},
    "pyxform": {"forms"},
    "reportlab": {"reports"},
    "shiboken6": {"ui"},
    "sqlcipher3": {"store"},
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "starlette": {"hub"},
    "uvicorn": {"hub"},
}

PURE_ROOMS = {"domain", "reconcile"}
WORLDLY = {
    "asyncio",
    "http",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
}
WORLDLY |= {"sqlite3", "subprocess", "tempfile", "threading", "time", "urllib", "uuid"}
CLOCKS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
}
CHANCE = {"os.urandom", "secrets.token_bytes", "secrets.token_hex", "random.random", "uuid.uuid4"}
GIVEN_TIME = PURE_ROOMS | {"forms", "i18n", "reports", "store", "sync", "tables"}
GIVEN_CHANCE = GIVEN_TIME - {"sync"}  # sync makes keys: there chance is the matter itself

FILE_LINES = 400
FUNCTION_LINES = 70
EMPTY_NAMES = {"common", "helper", "helpers", "misc", "util", "utils"}
DOCUMENTED_ROOMS = {"actions", "domain", "reconcile", "store", "sync"}
INITS_WITH_CODE = {f"{PACKAGE}/__init__.py"}  # the version
CATCH_ALL: dict[str, str] = {  # file: the reason why it may catch Exception
    "shg_desk/ui/runner.py": "whatever breaks on the store thread must reach the one presenter",
}


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [path for path in listing.split("\0") if path and (ROOT / path).is_file()]


TRACKED = tracked()
SOURCES = [Source(path, (ROOT / path).read_text(encoding="utf-8")) for path in TRACKED if path.endswith(".py")]
PROGRAM = [source for source in SOURCES if source.path.startswith(f"{PACKAGE}/")]
METADATA = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> list[Pin]:
    found = pins((ROOT / "packaging" / name).read_text(encoding="utf-8"))
    assert found != "unreadable"
    return found


def test_there_is_something_to_judge() -> None:
    assert {"domain", "store", "actions", "ui"} <= {source.room for source in PROGRAM}


def test_rooms_import_only_to_the_right() -> None:
    assert wrong_directions(PROGRAM, MAY_IMPORT, ALLOWED_IMPORTS) == []


def test_each_library_has_its_room() -> None:
    assert wrong_libraries(PROGRAM, LIBRARY_ROOMS, sys.stdlib_module_names) == []


def test_pure_rooms_know_no_clock_chance_or_disk() -> None:
    assert impurities(PROGRAM, PURE_ROOMS, WORLDLY, {"open", "print", "input"} | CLOCKS) == []


def test_time_and_chance_are_arguments() -> None:
    assert impurities(PROGRAM, GIVEN_TIME, set(), CLOCKS) == []
    assert impurities(PROGRAM, GIVEN_CHANCE, set(), CHANCE) == []


def test_no_module_needs_itself_while_loading() -> None:
    assert cycles(PROGRAM) == []


def test_files_and_functions_stay_short() -> None:
    assert too_long(SOURCES, FILE_LINES, FUNCTION_LINES) == []


def test_no_star_imports() -> None:
    assert star_imports(SOURCES) == []


def test_module_names_say_what_they_hold() -> None:
    assert empty_names(SOURCES, EMPTY_NAMES) == []


def test_inits_hold_only_a_docstring() -> None:
    assert code_in_inits(PROGRAM, INITS_WITH_CODE) == []


def test_what_others_use_is_described() -> None:
    assert without_docstring(SOURCES, DOCUMENTED_ROOMS) == []


def test_no_handler_catches_whatever_comes() -> None:
    assert broad_excepts(SOURCES, CATCH_ALL) == []


def test_no_test_is_switched_off() -> None:
    assert left_out_tests([source for source in SOURCES if source.path.startswith("tests/")]) == []


def test_no_two_test_files_share_a_name() -> None:
    assert shared_names([source for source in SOURCES if source.path.startswith("tests/")]) == []


def test_translated_texts_can_be_extracted() -> None:
    assert words_in_f_strings(PROGRAM) == []


def test_top_level_is_the_fixed_one() -> None:
    assert {path.split("/")[0] for path in TRACKED} <= TOP_LEVEL


def test_allowances_are_still_needed() -> None:
    assert [
        pair for pair in ALLOWED_IMPORTS if not wrong_directions(PROGRAM, MAY_IMPORT, ALLOWED_IMPORTS.keys() - {pair})
    ] == []
    assert [path for path in CATCH_ALL if not broad_excepts(SOURCES, CATCH_ALL.keys() - {path})] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_by_hash_and_name_no_host(lock: str) -> None:
    assert len(locked(lock)) > len(METADATA["project"]["dependencies"])
    assert (
        re.findall(r".*(?:://|www\.|-index|trusted-host|find-links).*", (ROOT / "packaging" / lock).read_text()) == []
    )


def test_test_lock_holds_every_pin_of_the_desk() -> None:
    assert set(locked("requirements.lock")) <= set(locked("requirements-dev.lock"))


def test_what_a_pinned_package_needs_is_pinned_too() -> None:
    """A pin added by hand, without what it stands on, installs nowhere: pip takes a hashed lock whole or not at all."""
    pinned = {canonicalize_name(pin.name) for pin in locked("requirements-dev.lock")}
    here = {canonicalize_name(one.name): one for one in distributions()}
    asked = {
        (name, canonicalize_name(need.name))
        for name in pinned & here.keys()
        for need in map(Requirement, here[name].requires or ())
        if need.marker is None or need.marker.evaluate({"extra": ""})
    }
    assert len(asked) > len(METADATA["project"]["dependencies"])
    assert {(name, need) for name, need in asked if need not in pinned} == set()


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ["hub", "province"]), ("requirements-dev.lock", ["dev"])]
)
def test_locks_satisfy_the_metadata(lock: str, extras: list[str]) -> None:
    project = METADATA["project"]
    wanted = project["dependencies"] + [
        text for extra in extras if extra == "dev" for text in project["optional-dependencies"][extra]
    ]
    versions = {pin.name: pin.version for pin in locked(lock)}
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


def test_what_is_imported_is_declared() -> None:
    project = METADATA["project"]
    texts = project["dependencies"] + [
        text for extra in ("hub", "province") for text in project["optional-dependencies"][extra]
    ]
    declared = {canonicalize_name(Requirement(text).name) for text in texts}
    provided = packages_distributions()
    used = {name.split(".")[0] for source in PROGRAM for _, name in imports(source)} - {
        PACKAGE,
        *sys.stdlib_module_names,
    }
    assert {name for name in used if not declared & {canonicalize_name(d) for d in provided.get(name, ())}} == set()


def test_every_shipped_package_has_its_licence_told() -> None:
    rows = re.findall(
        r"^\| ([a-z0-9-]+) \| (\S+) \| (\S.*) \|$", (ROOT / "packaging/LICENSES.md").read_text(), re.MULTILINE
    )
    told = {(name, version): licence for name, version, licence in rows if (name, version) != ("package", "version")}
    assert told.keys() == {(pin.name, pin.version) for pin in locked("requirements.lock")}
    readme = (ROOT / "README.md").read_text().partition("## Licences")[2].partition("## ")[0]
    short = {
        (name, licence)
        for licence, names in re.findall(r"^\| (.+) \| ([a-z0-9, -]+) \|$", readme, re.MULTILINE)
        for name in names.split(", ")
    }
    assert {one for one in short if one[1] != "licence"} == {(name, licence) for (name, _), licence in told.items()}


def test_wheel_carries_what_the_program_reads() -> None:
    wheel = METADATA["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == [PACKAGE]
    assert wheel["force-include"] == {name: f"{PACKAGE}/{name}" for name in ("resources", "translations")}
    assert {path.split("/")[0] for path in TRACKED} >= {"README.md", *wheel["force-include"]}
    assert set(METADATA["project"]["license-files"]) <= set(TRACKED)
    module, _, function = METADATA["project"]["scripts"]["shg-desk"].partition(":")
    assert (module, function) == (f"{PACKAGE}.__main__", "main")


def test_no_file_names_a_folder_of_this_machine() -> None:
    here = f"{ROOT.parent}/" if ROOT.parent != ROOT.parent.parent else f"{ROOT}/"
    assert [path for path in TRACKED if here.encode() in (ROOT / path).read_bytes()] == []
