"""The house rules as functions over sources: each takes what it judges and answers with the places that break it.

They know nothing of this repository; `test_house.py` holds its data and `test_house_bites.py` proves each rule on a
small house that breaks it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

PACKAGE = "shg_desk"
IMPORTING_CALLS = {"import_module", "importlib.import_module", "__import__"}
Def = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path in the repository, with `/`, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def module(self) -> str:
        """`shg_desk.store.db`; a package is named without its `__init__`."""
        return self.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @property
    def room(self) -> str:
        """The name right under the package: `store`, or the module itself for one outside the rooms."""
        return room_of(self.module)

    @property
    def package(self) -> str:
        return self.module if self.path.endswith("/__init__.py") else self.module.rpartition(".")[0]


def room_of(module: str) -> str:
    package, _, inside = module.partition(".")
    return inside.partition(".")[0] if package == PACKAGE else ""


def imports(source: Source, tree: ast.AST | None = None) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported anywhere in the tree: in functions, behind TYPE_CHECKING, by name."""
    for node in ast.walk(tree or source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(source, node)
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"
        elif isinstance(node, ast.Call) and _name(node.func) in IMPORTING_CALLS:
            spelled = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
            for name in spelled:
                yield node.lineno, str(name)


def _absolute(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = source.package.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])


def _name(node: ast.AST) -> str:
    """The dotted name an expression spells, or nothing."""
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def wrong_directions(
    sources: Iterable[Source],
    may: Mapping[str, Collection[str]],
    allowed: Collection[tuple[str, str]],
) -> list[str]:
    """Imports of a room that the importing room may not see; `allowed` holds (module, room) pairs."""
    broken = []
    for source in sources:
        for line, name in imports(source):
            target = room_of(name)
            if name.split(".")[0] != PACKAGE or target in {"", "__version__", source.room}:
                continue
            if target not in may.get(source.room, ()) and (source.module, target) not in allowed:
                broken.append(f"{source.path}:{line} {source.room} imports {name}")
    return broken


def wrong_libraries(
    sources: Iterable[Source],
    homes: Mapping[str, Collection[str]],
    standard: Collection[str],
) -> list[str]:
    """Imports of a library outside its rooms, or of one that has no room at all."""
    broken = []
    for source in sources:
        for line, name in imports(source):
            top = name.split(".")[0]
            if top == PACKAGE or (top in standard and top not in homes):
                continue
            if source.room not in homes.get(top, ()):
                broken.append(f"{source.path}:{line} {source.room} imports {top}")
    return broken


def impurities(
    sources: Iterable[Source], rooms: Collection[str], modules: Collection[str], calls: Collection[str]
) -> list[str]:
    """Places in pure rooms that reach for a clock, chance, the disk or the net."""
    broken = []
    for source in sources:
        if source.room not in rooms:
            continue
        for line, name in imports(source):
            if name in modules or name.split(".")[0] in modules:
                broken.append(f"{source.path}:{line} imports {name}")
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and _is_among(_name(node.func), calls):
                broken.append(f"{source.path}:{node.lineno} calls {_name(node.func)}")
    return broken


def _is_among(name: str, calls: Collection[str]) -> bool:
    """Whether a call spells one of `calls`, with or without its module before it."""
    return name in calls or any(name.endswith(f".{call}") for call in calls if "." in call)


def _run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Statements that run when a module is loaded: no function bodies, nothing behind TYPE_CHECKING."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(child, ast.If) and _name(child.test).endswith("TYPE_CHECKING"):
            continue
        yield child
        yield from _run_time(child)


def cycles(sources: Iterable[Source]) -> list[str]:
    """Rings of modules that need one another while they are being loaded."""
    by_name = {source.module: source for source in sources}
    needs: dict[str, set[str]] = {}
    for module, source in by_name.items():
        statements = [n for n in _run_time(source.tree) if isinstance(n, (ast.Import, ast.ImportFrom))]
        names = [name for node in statements for _, name in imports(source, node)]
        found = {name if name in by_name else name.rpartition(".")[0] for name in names}
        needs[module] = (found & by_name.keys()) - {module}
    rings = []
    done: set[str] = set()

    def follow(module: str, trail: list[str]) -> None:
        if module in trail:
            rings.append(" -> ".join([*trail[trail.index(module) :], module]))
        elif module not in done:
            for needed in sorted(needs[module]):
                follow(needed, [*trail, module])
            done.add(module)

    for module in sorted(needs):
        follow(module, [])
    return rings


def too_long(sources: Iterable[Source], file_lines: int, function_lines: int) -> list[str]:
    broken = []
    for source in sources:
        if (count := len(source.text.splitlines())) > file_lines:
            broken.append(f"{source.path}: {count} lines")
        for node in ast.walk(source.tree):
            if isinstance(node, Def):
                count = (node.end_lineno or 0) - node.lineno + 1
                if count > function_lines:
                    broken.append(f"{source.path}:{node.lineno} {node.name}: {count} lines")
    return broken


def star_imports(sources: Iterable[Source]) -> list[str]:
    return [f"{s.path}:{line} {name}" for s in sources for line, name in imports(s) if name.endswith(".*")]


def empty_names(sources: Iterable[Source], names: Collection[str]) -> list[str]:
    """Modules and folders whose name says nothing of what they hold."""
    return [s.path for s in sources if set(s.path.removesuffix(".py").split("/")) & set(names)]


def code_in_inits(sources: Iterable[Source], exempt: Collection[str]) -> list[str]:
    """Packages whose `__init__` holds more than a docstring."""
    inits = [s for s in sources if s.path.endswith("/__init__.py") and s.path not in exempt]
    return [s.path for s in inits if ast.get_docstring(s.tree) is None or len(s.tree.body) != 1]


def without_docstring(sources: Iterable[Source], public_rooms: Collection[str]) -> list[str]:
    """Modules that do not say what they are, and in the named rooms public functions and classes that do not."""
    broken = []
    for source in sources:
        if not ast.get_docstring(source.tree):
            broken.append(source.path)
        if source.room not in public_rooms:
            continue
        named = [n for n in source.tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
        public = [node for node in named if not node.name.startswith("_")]
        broken += [f"{source.path}:{node.lineno} {node.name}" for node in public if not ast.get_docstring(node)]
    return broken


def broad_excepts(sources: Iterable[Source], allowed: Collection[str]) -> list[str]:
    """Handlers that swallow whatever comes; `allowed` names files that may, though none may catch without a name.

    One that ends in a bare `raise` only tidies up.
    """
    broken = []
    for source in sources:
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.ExceptHandler):
                continue
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            broad = {_name(kind) for kind in kinds if kind is not None} & {"Exception", "BaseException"}
            passes_on = isinstance(last := node.body[-1], ast.Raise) and last.exc is None
            if node.type is None or (broad and not passes_on and source.path not in allowed):
                broken.append(f"{source.path}:{node.lineno}")
    return broken


def left_out_tests(sources: Iterable[Source]) -> list[str]:
    """Tests that are switched off: skipped, expected to fail, or given up when an import fails."""
    words = {"skip", "skipif", "xfail", "importorskip", "skipTest", "SkipTest", "expectedFailure"}
    broken = []
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr in words:
                broken.append(f"{source.path}:{node.lineno} {_name(node)}")
        broken += [f"{source.path}:{n} {name}" for n, name in imports(source) if name.rpartition(".")[2] in words]
    return broken


def shared_names(sources: Iterable[Source]) -> list[str]:
    """Test files of one name: the runner loads them by name, and the second one would not be collected."""
    first: dict[str, str] = {}
    broken = []
    for source in sources:
        name = source.path.rpartition("/")[2]
        if name not in ("__init__.py", "conftest.py") and first.setdefault(name, source.path) != source.path:
            broken.append(f"{source.path} is called as {first[name]}")
    return broken


def words_in_f_strings(sources: Iterable[Source]) -> list[str]:
    """Translated texts asked for inside an f-string, where the extraction does not see them."""
    broken = []
    for source in sources:
        for text in ast.walk(source.tree):
            if isinstance(text, ast.JoinedStr):
                calls = [n for n in ast.walk(text) if isinstance(n, ast.Call)]
                broken += [
                    f"{source.path}:{n.lineno}" for n in calls if _name(n.func).rpartition(".")[2] in {"_", "n_", "p_"}
                ]
    return broken


@dataclass(frozen=True)
class Pin:
    """One locked package: its line without the hashes, and the hashes."""

    line: str
    hashes: frozenset[str]

    @property
    def name(self) -> str:
        return self.line.partition("==")[0]

    @property
    def version(self) -> str:
        return self.line.partition("==")[2].partition(" ")[0]


_PIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*==[0-9][0-9a-z.+!]*( ; .+)?")
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


def pins(lock: str) -> list[Pin] | Literal["unreadable"]:
    """The pins of a lock, comments apart; `unreadable` where a line is neither a pin nor a hash of one."""
    lines = [line.strip() for line in lock.splitlines() if line.strip()[:1] != "#"]
    joined = "\n".join(lines).replace("\\\n", " ")
    found = []
    for entry in filter(None, map(str.strip, joined.split("\n"))):
        line, *marks = re.split(r"\s+(?=--)", entry)
        hashes = [_HASH.fullmatch(mark) for mark in marks]
        if not _PIN.fullmatch(line) or not hashes or None in hashes:
            return "unreadable"
        found.append(Pin(line, frozenset(match[1] for match in hashes if match)))
    return found
