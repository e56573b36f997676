"""The catalogues that ship: complete, true to the glossary, and the rules that hold them to it can fail."""

from __future__ import annotations

import copy
import re
import sys
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from shg_desk.i18n.catalog import CATALOGUES
from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.uzbek import to_cyrillic

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

workbench = import_module("words")
rules = import_module("words_rules")

GLOSSARY = rules.read_glossary(ROOT / "resources" / "glossary.csv")
RULES_OF_PLURAL = {lang: workbench.PLURALS[lang] for lang in CATALOGUES}


@pytest.fixture(scope="module")
def template() -> Catalog:
    return workbench.extracted()


def test_nothing_is_wrong_with_the_catalogues():
    assert workbench.check() == []


def test_every_prepared_language_has_its_file():
    for lang in CATALOGUES:
        text = workbench.po_path(lang).read_text(encoding="utf-8")
        assert f'"Language: {lang}\\n"' in text
        assert "#, fuzzy" not in text


def test_the_catalogues_are_up_to_date(template: Catalog):
    wanted = {(message.id, message.context) for message in template if message.id}
    for lang in CATALOGUES:
        have = {(message.id, message.context) for message in workbench.read(lang) if message.id}
        assert have == wanted, lang


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('w._("plain")', 0), ('w._(f"{x} rows")', 1), ("w._(text)", 1), ('w._("a" + x)', 1), ('w._("a" "b")', 0),
        ('w.n_("{n} row", "{n} rows", n)', 0), ('w.n_(one, "{n} rows", n)', 1), ('w.p_("button", "Close")', 0),
        ('w.p_(place, "Close")', 1), ("""f"{w._('inside')}" """, 1), ('N_("table")', 0), ("N_(name)", 1), ("_(x)", 1),
        ('say = w._\nsay("plain")', 0), ("say, n = w._, 1\nsay(text)", 1), ("say = w.n_", 1), ("show(w._)", 1),
    ],
)  # fmt: skip
def test_calls_the_extraction_cannot_see_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, seen: int
):
    (tmp_path / "shg_desk").mkdir()
    (tmp_path / "shg_desk" / "page.py").write_text(code + "\n", encoding="utf-8")
    monkeypatch.setattr(workbench, "ROOT", tmp_path)
    assert len(workbench.lint()) == seen


def test_a_text_under_another_name_is_extracted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "shg_desk").mkdir()
    (tmp_path / "shg_desk" / "page.py").write_text(
        'say, n = w._, 1\nsay("a sheet")\nask("no text")\n', encoding="utf-8"
    )
    monkeypatch.setattr(workbench, "ROOT", tmp_path)
    assert [message.id for message in workbench.extracted() if message.id] == ["a sheet"]


@pytest.fixture(scope="module")
def catalogues() -> dict[str, Catalog]:
    return {name: workbench.read(name) for name in ("ru", "ky")}


def only(template: Catalog, *texts: str) -> Catalog:
    """A template of a few of the program's texts."""
    small = Catalog()
    for text in texts:
        message = template.get(text)
        assert message is not None
        small.add(message.id, context=message.context)
    return small


def _faults(template: Catalog, catalogues: dict[str, Catalog], lang: str, text: str, string: object) -> list[str]:
    """The faults of one text after it was changed in one catalogue."""
    message = catalogues[lang].get(text)
    assert message is not None
    before, message.string = message.string, string  # type: ignore[assignment]
    plurals = {name: RULES_OF_PLURAL[name] for name in catalogues}
    try:
        return rules.faults(only(template, text), catalogues, GLOSSARY, plurals)
    finally:
        message.string = before


@pytest.mark.parametrize(
    ("lang", "text", "given", "fault"),
    [
        ("ru", "Saved here", "", "not translated"),
        ("ru", "Saved here", "Saved here", "same as the English"),
        ("ky", "Saved here", "Сохранено здесь", "same as the Russian"),
        ("ru", "Practice: {title}", "Учёба: {name}", "other placeholders"),
        ("ru", "Practice: {title}", "Учёба: {title}.", "closing sign"),
        ("ru", "in {n} day", ("через {n} дней",) * 3, "forms do not differ"),
        ("ru", "On its way", "Отправлено", "glossary's word for 'on its way'"),
        ("ky", "On its way", "Жөнөтүлдү", "glossary's word for 'on its way'"),
        ("ru", "Reconciled", "Сверено, проводки целы", "a word of the machinery, проводк"),
        ("ky", "in {n} day", ("{n} күндөн кийин", "күндөн кийин"), "other placeholders"),
    ],
)
def test_a_fault_is_found(
    template: Catalog, catalogues: dict[str, Catalog], lang: str, text: str, given: object, fault: str
):
    assert _faults(template, catalogues, lang, text, catalogues[lang].get(text).string) == []  # type: ignore[union-attr]
    found = _faults(template, catalogues, lang, text, given)
    assert [line for line in found if fault in line], found


def test_machinery_is_found_in_english(template: Catalog):
    changed = copy.deepcopy(template)
    for text in ("The operation was written", "Three bundles", "Her head is on the posting", "Correct by reversal"):
        changed.add(text)
    changed.add("Head of the household")
    found = rules.faults(changed, {}, GLOSSARY, {})
    assert len(found) == 4, found


def test_the_glossary_is_whole():
    assert {"meeting", "parcel", "correction", "debt left", "share-out", "recovery sheet", rules.FORBIDDEN} <= {
        term.name for term in GLOSSARY
    }
    for term in GLOSSARY:
        assert set(term.stems) == {"ru", "ky", "tg", "uz-Cyrl"}, term.name
        if term.name != rules.FORBIDDEN:
            for lang, shown in term.shown.items():
                assert term.stems[lang].search(shown), (term.name, lang)


def test_the_glossary_in_uzbek_is_cyrillic_and_russian_letters_stay_russian():
    for term in GLOSSARY:
        assert not re.search("[A-Za-z]", term.shown["uz-Cyrl"] + term.shown["ru"]), term.name
        assert to_cyrillic(term.shown["uz-Cyrl"]) == term.shown["uz-Cyrl"]
        assert not re.search("[ңөүғӣқӯҳҷў]", term.shown["ru"], re.IGNORECASE), term.name


def test_filled_in_texts_are_marked_until_a_native_speaker_has_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: Catalog
):
    monkeypatch.setattr(workbench, "FOLDER", tmp_path)
    monkeypatch.setattr(workbench, "extracted", lambda: only(template, "Saved here", "On its way"))
    workbench.update()
    row = next(row for row in workbench.todo("ky") if row["id"] == "Saved here")
    assert workbench.unread("ky") == []
    assert workbench.fill("ky", [row | {"text": "Ушул жерде"}]) == 1
    assert workbench.unread("ky") == ["Saved here"]
    workbench.update()
    assert workbench.unread("ky") == ["Saved here"]
    assert "Saved here" not in [row["id"] for row in workbench.todo("ky")]
    po = workbench.po_path("ky")
    po.write_text(po.read_text(encoding="utf-8").replace("# unread\n", ""), encoding="utf-8")
    assert workbench.unread("ky") == []


def test_a_text_that_comes_back_brings_its_translation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbench, "FOLDER", tmp_path / "translations")
    monkeypatch.setattr(workbench, "ROOT", tmp_path)
    page = tmp_path / "shg_desk" / "page.py"
    page.parent.mkdir()
    page.write_text('w._("Close the sheet")\n', encoding="utf-8")
    workbench.update()
    workbench.fill("ru", [{"id": "Close the sheet", "text": "Закрыть лист"}])
    page.write_text('w._("Open the sheet")\n', encoding="utf-8")
    workbench.update()
    assert workbench.read("ru").get("Close the sheet") is None
    assert [row["id"] for row in workbench.todo("ru")] == ["Open the sheet"]
    page.write_text('w._("Close the sheet")\n', encoding="utf-8")
    workbench.update()
    message = workbench.read("ru").get("Close the sheet")
    assert message is not None
    assert message.string == "Закрыть лист"


def test_each_language_says_its_own_name():
    assert list(LANGUAGES) == ["ky", "ru", "tg", "uz-Cyrl", "uz", "en"]  # Cyrillic is offered before Latin
    assert to_cyrillic(LANGUAGES["uz"]) == LANGUAGES["uz-Cyrl"]
