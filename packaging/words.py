"""The catalogues' workbench: extract, update, check, fill and compile what the program says.

How the next person goes on, from the top of a checkout:

1. write texts as `words._("Left to pay {amount}").format(amount=...)`, `words.n_("{n} row", "{n} rows", n)`,
   `words.p_("button", "Close")`; in tables `N_("...")` or `Nn_("...", "...")`, shown by `words.say(...)`. The text is
   a plain literal, never an f-string and never inside one. A comment `# NOTE: ...` on the line above reaches the
   translator;
2. `python packaging/words.py update` puts new texts into `translations/*/LC_MESSAGES/shg_desk.po` (old ones stay at the
   file's end and come back with their translation when the text does);
3. translate in any .po editor, or `python packaging/words.py todo ky > todo.json`, fill each `text` in, then
   `python packaging/words.py fill ky todo.json`. What is filled in this way gets the comment `# unread`: no native
   speaker has read it yet. Who reads it takes the comment out. `unread ky` lists what is left;
4. use the terms of `resources/glossary.csv`; a new term is a new row there, its cells `shown word|stem|stem`;
5. `python packaging/words.py check` until it prints nothing (the tests hold the catalogues to the same rules), then
   commit the .po files. `compile` makes the .mo files beside them; they are built, not kept.

A new language: its code in `CATALOGUES` and its name in `LANGUAGES` (shg_desk/i18n/catalog.py), its plural rule in
`PLURALS` below, its columns in the tables of formats.py and in the glossary, then `update`.
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import sys
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from words_rules import faults  # noqa: E402
from words_rules import forms  # noqa: E402
from words_rules import read_glossary  # noqa: E402

from shg_desk.i18n.catalog import CATALOGUES  # noqa: E402
from shg_desk.i18n.catalog import DOMAIN  # noqa: E402
from shg_desk.i18n.catalog import LANGUAGES  # noqa: E402
from shg_desk.i18n.catalog import compiled  # noqa: E402

FOLDER = ROOT / "translations"
KEYWORDS = {"_": None, "n_": (1, 2), "p_": ((1, "c"), 2), "N_": None, "Nn_": (1, 2)}
PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ky": "nplurals=2; plural=(n != 1);",
    "tg": "nplurals=2; plural=(n != 1);",
    "uz": "nplurals=2; plural=(n != 1);",
}
UNREAD = "unread"
Parts = Sequence[ast.AST]
A_FIXED_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands for the time of writing, which would make every update a change."""


def po_path(lang: str) -> Path:
    return FOLDER / lang / "LC_MESSAGES" / f"{DOMAIN}.po"


def extracted() -> Catalog:
    """Every text of the program as a catalogue without translations."""
    template = Catalog(project="SHG Desk", creation_date=A_FIXED_DAY, fuzzy=False)
    found = extract_from_dir(
        ROOT / "shg_desk",
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("NOTE:",),
        strip_comment_tags=True,
    )
    for file, _line, text, comments, context in found:
        template.add(
            text, locations=[(f"shg_desk/{Path(file).as_posix()}", 0)], auto_comments=comments, context=context
        )
    for path in sorted((ROOT / "shg_desk").rglob("*.py")):
        for call in _calls_by_another_name(_parts(path.read_text(encoding="utf-8"))):
            if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
                template.add(call.args[0].value, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return template


def read(lang: str) -> Catalog:
    """The catalogue as it stands, or an empty one with the language's plural rule."""
    path = po_path(lang)
    if path.is_file():
        with path.open("rb") as file:
            return read_po(file, locale=lang)
    rule = f'msgid ""\nmsgstr ""\n"Plural-Forms: {PLURALS[lang]}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    return read_po(io.StringIO(rule), locale=lang)


def write(lang: str, catalog: Catalog) -> None:
    """Write the catalogue in one order, so that a change of the program changes few lines."""
    catalog.project, catalog.version = "SHG", "Desk"
    catalog.creation_date = catalog.revision_date = A_FIXED_DAY
    catalog.msgid_bugs_address = catalog.last_translator = ""
    catalog.language_team = LANGUAGES[lang]
    catalog.header_comment = f"# {LANGUAGES[lang]}: texts of SHG Desk. How to work on them: packaging/words.py."
    path = po_path(lang)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, sort_output=True, include_lineno=False)


def update() -> None:
    """Bring every catalogue up to the program's texts; nothing is guessed from likeness."""
    template = extracted()
    for lang in CATALOGUES:
        catalog = read(lang)
        for old in list(catalog.obsolete.values()):
            catalog.add(old.id, old.string, context=old.context, user_comments=old.user_comments)
        catalog.obsolete.clear()
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        for message in list(catalog.obsolete.values()):
            if not any(forms(message)):
                catalog.obsolete.pop(catalog._key_for(message.id, message.context), None)
        write(lang, catalog)


def todo(lang: str) -> list[dict[str, object]]:
    """What has no translation yet, in the shape `fill` takes back."""
    count = read(lang).num_plurals
    rows: list[dict[str, object]] = []
    for message in texts(read(lang)):
        if not all(forms(message)):
            row: dict[str, object] = {"context": message.context} if message.context else {}
            ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
            rows.append(
                row | {"id": list(ids) if len(ids) > 1 else ids[0], "text": [""] * count if len(ids) > 1 else ""}
            )
    return rows


def fill(lang: str, rows: Iterable[dict[str, object]]) -> int:
    """Put translations in and mark them unread. Returns how many; raises KeyError for a text the program lacks."""
    catalog = read(lang)
    done = 0
    for row in rows:
        name, text, context = row["id"], row["text"], row.get("context")
        message = catalog.get(name[0] if isinstance(name, list) else str(name), str(context) if context else None)
        if message is None:
            raise KeyError(str(name))
        if not text or (isinstance(text, list) and not all(text)):
            continue
        message.string = tuple(text) if isinstance(text, list) else str(text)
        if UNREAD not in message.user_comments:
            message.user_comments.append(UNREAD)
        done += 1
    write(lang, catalog)
    return done


def texts(catalog: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (message for message in catalog if message.id)


def unread(lang: str) -> list[str]:
    """What no native speaker has read."""
    return [str(message.id) for message in texts(read(lang)) if UNREAD in message.user_comments]


def lint() -> list[str]:
    """Calls the extraction cannot see: a text that is no plain literal, or one inside an f-string."""
    found: list[str] = []
    for path in sorted((ROOT / "shg_desk").rglob("*.py")):
        if path.name == "catalog.py":
            continue  # where the functions themselves pass texts on
        parts = _parts(path.read_text(encoding="utf-8"))
        inside = {id(inner) for part in parts if isinstance(part, ast.JoinedStr) for inner in ast.walk(part)}
        found.extend(f"{path.relative_to(ROOT).as_posix()}:{line}: {why}" for line, why in _handed_on(parts))
        for call in [*_calls(parts), *_calls_by_another_name(parts)]:
            literal = all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in _text_arguments(call))
            if not literal or id(call) in inside:
                why = "inside an f-string" if id(call) in inside else "not a plain literal"
                found.append(f"{path.relative_to(ROOT).as_posix()}:{call.lineno}: text {why}")
    return found


@cache
def _parts(source: str) -> tuple[ast.AST, ...]:
    """Everything in a file, walked through once."""
    return tuple(ast.walk(ast.parse(source)))


def _calls(parts: Parts) -> Iterator[ast.Call]:
    return (part for part in parts if isinstance(part, ast.Call) and _name(part.func) in KEYWORDS)


def _other_names(parts: Parts) -> Iterator[tuple[str, ast.Attribute]]:
    """Every `say = words._` of a file, alone or in a row (`say, view = words._, self.view`)."""
    for part in parts:
        if isinstance(part, ast.Assign) and len(part.targets) == 1:
            target, value = part.targets[0], part.value
            pairs: list[tuple[ast.expr, ast.expr]] = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=True))
            for name, what in pairs:
                if isinstance(name, ast.Name) and isinstance(what, ast.Attribute) and what.attr in {"_", "n_", "p_"}:
                    yield name.id, what


def _calls_by_another_name(parts: Parts) -> Iterator[ast.Call]:
    """The calls of `say("...")` where the file says `say = words._`."""
    names = {name for name, what in _other_names(parts) if what.attr == "_"} - {"_"}
    return (
        part
        for part in parts
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in names
    )


def _handed_on(parts: Parts) -> Iterator[tuple[int, str]]:
    """Uses of `words._` the extraction cannot follow: handed to a function, or `n_` and `p_` under another name."""
    known = {id(what) for _, what in _other_names(parts) if what.attr == "_"}
    known |= {id(part.func) for part in parts if isinstance(part, ast.Call)}
    for part in parts:
        if isinstance(part, ast.Attribute) and part.attr in {"_", "n_", "p_"} and id(part) not in known:
            yield part.lineno, f"the texts given to this {part.attr} cannot be found"


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _text_arguments(call: ast.Call) -> list[ast.expr]:
    return call.args[: 2 if _name(call.func) in {"n_", "p_", "Nn_"} else 1]


def check() -> list[str]:
    """Everything that keeps the catalogues from being shipped, one line each."""
    template = extracted()
    glossary = read_glossary(ROOT / "resources" / "glossary.csv")
    catalogues = {lang: read(lang) for lang in CATALOGUES}
    return lint() + faults(template, catalogues, glossary, {lang: PLURALS[lang] for lang in CATALOGUES})


def compile_all() -> None:
    """The .mo files, so that a start needs no compiling."""
    for lang in CATALOGUES:
        if po_path(lang).is_file():
            po_path(lang).with_suffix(".mo").write_bytes(compiled(po_path(lang).read_bytes()))


def main(arguments: list[str] | None = None) -> int:
    """One verb a call; 1 where `check` finds anything."""
    parser = argparse.ArgumentParser(description="Catalogues of SHG Desk")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in ("update", "check", "compile"):
        verbs.add_parser(verb)
    for verb in ("todo", "unread", "fill"):
        verbs.add_parser(verb).add_argument("lang", choices=CATALOGUES)
    verbs.choices["fill"].add_argument("file", type=Path)
    said = parser.parse_args(arguments)
    if said.verb == "update":
        update()
    elif said.verb == "compile":
        compile_all()
    elif said.verb == "todo":
        print(json.dumps(todo(said.lang), ensure_ascii=False, indent=1))
    elif said.verb == "fill":
        print(fill(said.lang, json.loads(said.file.read_text(encoding="utf-8"))))
    else:
        lines = check() if said.verb == "check" else unread(said.lang)
        print("\n".join(lines))
        return 1 if said.verb == "check" and lines else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
