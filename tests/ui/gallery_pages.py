"""Pages of the gallery: they imitate real ones with fixed words, to look at the parts in their places."""

from __future__ import annotations

from collections.abc import Sequence

from gallery_desk import Exchange
from gallery_desk import Member
from gallery_ledger import Ledger
from gallery_more import Differences
from gallery_more import Interview
from gallery_more import Parts
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.card import Pill
from shg_desk.ui.parts.cells import Attendance
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import attendance
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.cells import proposal
from shg_desk.ui.parts.flow import MainAndSide
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.list_card import Item
from shg_desk.ui.parts.list_card import ListCard
from shg_desk.ui.parts.table import Table

NB = "\u00a0"
TICK = {"icon": "tick", "icon_ink": tokens.GREEN}
RING = {"icon": "dashed_ring", "icon_ink": tokens.INK3}


def total(text: str, *, done: bool = True) -> Cell:
    return money(text, weight=tokens.SEMIBOLD, **(TICK if done else RING))


SHEET = (
    Column("№", 36, right=True, fixed=True),
    Column("Аты-жөнү", 182, fixed=True, grows=2),
    Column("Катышуусу", 142, fixed=True, grows=1),
    Column("Топтоо", 92, right=True, group="Кассага кирет, сом", usual="адатта 100", divider=True),
    Column("Соц. фонд", 88, right=True, group="Кассага кирет, сом", usual="адатта 20"),
    Column("Карыз төлөмү", 134, right=True, group="Кассага кирет, сом", usual="керек 6 140"),
    Column("Айып", 60, right=True, group="Кассага кирет, сом"),
    Column("Жаңы карыз", 102, right=True, group="Чыгат", divider=True),
    Column("Бардыгы", 80, right=True, divider=True, fixed=True),
)
NAMES = [
    "Субанова Гүлнара",
    "Бакыт кызы Айгүл",
    "Жапарова Бактыгүл",
    "Жумагулова Нургүл",
    "Кожомкулова Жамиля",
    "Өмүралиева Бермет",
    "Төрөева Айнура",
    "Эркин кызы Зейнеп",
    "Жапарова Кенже",
    "Субанова Чынара",
    "Улан кызы Рахат",
    "Өмүралиева Өмүркан",
    "Жумагулова Сайкал",
    "Төлөгөн кызы Мээрим",
    "Кожомкулова Динара",
    "Хасанова Мавлюда",
    "Төрөева Дилфуза",
    "Жаныбек кызы Сайкал",
]
HERE = attendance(Attendance.PRESENT, "Келди")
REPAY = {
    2: money(f"1{NB}060", f"керек 1{NB}060"),
    4: money("500", "калды 560", warns=True),
    7: money(f"2{NB}120", f"керек 2{NB}120"),
    12: money("600", "калды 240", warns=True),
    13: proposal("530", "керек 530"),
    16: money("530", "керек 530"),
}
HOW = {
    5: attendance(Attendance.LATE, "Кечикти"),
    9: attendance(Attendance.ABSENT, "Келген жок"),
    14: attendance(Attendance.REPRESENTED, "Өкүлү: Азамат"),
    17: attendance(Attendance.UNMARKED, "Белгилеңиз"),
}
SUMS = {2: f"1{NB}180", 4: "620", 5: "160", 7: f"2{NB}240", 9: "0", 10: f"−5{NB}880", 12: "720", 15: "220", 16: "650"}


def sheet_rows() -> list[Row]:
    made = []
    for n, name in enumerate(NAMES, start=1):
        save, fund = money("100"), money("20")
        if n == 9:
            save, fund = money("", "калды 100"), money("", "калды 20")
        if n == 15:
            save = money("200", "+100")
        if n == 17:
            save, fund = proposal("100"), proposal("20")
        cells = (
            Cell(str(n), ink=tokens.INK2),
            Cell(name),
            HOW.get(n, HERE),
            save,
            fund,
            REPAY.get(n, money("", editable=True)),
            money("40") if n == 5 else Cell(),
            money(f"6{NB}000") if n == 10 else Cell(),
            total("", done=False) if n == 17 else total(SUMS.get(n, "120"), done=n != 13),
        )
        made.append(Row(cells, key=n, fill=Fill.MUTED if n == 9 else Fill.SURFACE))
    return made


def sheet_foot() -> list[Row]:
    def heavy(text: str) -> Cell:
        return money(text, weight=tokens.SEMIBOLD)

    totals = (
        Cell(),
        Cell("Бардыгы", weight=tokens.SEMIBOLD),
        Cell("15 келди, 1 өкүл"),
        heavy(f"1{NB}700"),
        heavy("320"),
        heavy(f"4{NB}810"),
        heavy("40"),
        heavy(f"6{NB}000"),
        heavy("870"),
    )
    expense = (
        Cell(),
        Cell("Дептер, калем"),
        Cell("чыгаша", icon="note", ink=tokens.INK2),
        Cell(),
        Cell(),
        Cell(),
        Cell(),
        money("180"),
        total("−180"),
    )
    return [Row(totals, fill=Fill.SUNKEN, rule=Rule.STRONG), Row(expense)]


class Meeting(Page):
    """Pictures 01, 09, 11."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.table = Table(SHEET, cursor="cell", size=tokens.GRID, row_height=(22, 28))
        self.pill = Pill("Кворум бар: 15, керек 12", "done")
        self.all = Button("Баары адаттагыдай", keys=("F5",))
        self.close_button = Button("Жабуу", keys=("F10",))
        self.close_button.set_reason("2 сап калды")
        self.banner = Banner("wrong", large=True, lies_down=True)
        body = rows(self, margins=(16, 10, 12, 8))
        left = rows(gap=0)
        left.addWidget(self.table, 1)
        left.addStretch(0)
        side = rows(gap=10)
        cash = Card("Касса, сом", small_title=True, gap=1)
        for name, sum_ in (("Башында болгон", f"6{NB}240"), ("Кирди", f"+6{NB}870"), ("Чыкты", f"−6{NB}180")):
            one = columns(gap=8)
            one.addWidget(Label(name, size=tokens.GRID, ink=tokens.INK2))
            one.addStretch(1)
            one.addWidget(Label(sum_, size=tokens.GRID, weight=tokens.MEDIUM))
            cash.body.addLayout(one)
        side.addWidget(cash)
        side.addWidget(self.banner)
        side.addStretch(1)
        if tokens.large():
            cash.hide()
        body.addWidget(MainAndSide(left, side, side_width=232, gap=12))

    def title(self) -> str:
        return "Ырыс, 37-чогулуш"

    def sentence(self) -> str:
        return "Кара-Булак · 21.11.2026, ишемби"

    def controls(self) -> Sequence[QWidget]:
        return (self.pill, self.all, self.close_button)

    def hints(self) -> Sequence[Hint]:
        return (
            Hint(("Enter",), "ырастоо, кийинкиси"),
            Hint(("Space",), "сапты ырастоо"),
            Hint(("Alt", "1–5"), "катышуусу"),
            Hint(("F3",), "бүтпөгөн сап"),
            Hint(("Ctrl", "Z"), "артка"),
            Hint(("F1",), "жардам"),
        )

    def retranslate(self) -> None:
        self.table.set_rows(sheet_rows(), sheet_foot())
        why = "Балким, № 5 Кожомкулова: айып 40 алынган жок."
        if tokens.large():
            self.banner.tell("40 сом жетпейт", f"китепте 6{NB}930, саналды 6{NB}890", "", "Себебин жазуу", ("F7",))
        else:
            self.banner.tell("40 сом жетпейт", why, "", "Себебин жазуу", ("F7",))

    def focus_first(self) -> None:
        self.table.view.setFocus()
        self.table.view.put_cursor(12, 5)


class Today(Page):
    """Picture 02."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.open_button = Button("Открыть лист", kind="primary", keys=("Enter",))
        body = rows(self, margins=(20, 14, 20, 12))
        left = rows(gap=8)
        left.addWidget(Label("Собрания", size=tokens.SECTION, weight=tokens.SEMIBOLD))
        plain = Button("Продолжить")
        left.addWidget(
            ListCard(
                [
                    Item("Ырыс · Кара-Булак", "Собрание 37 · 18 участников", hour="14:00", side=self.open_button),
                    Item(
                        "Мээрим · Кара-Булак",
                        "Собрание 12 · лист начат: готово 11 строк из 18",
                        hour="16:30",
                        side=plain,
                    ),
                    Item("Бирдик · Ак-Терек", "Собрание 8", hour="Вс 22", side=Label("завтра, 10:00", size=15)),
                    Item("Достук · Айкол", "Собрание 21 · группу ведёт и второй ноутбук", hour="Вт 24"),
                ]
            )
        )
        left.addWidget(Label("Ждёт внимания", size=tokens.SECTION, weight=tokens.SEMIBOLD))
        waits = [
            ("triangle", "Касса: не хватает 40 сом · Ырыс", "с 07.11.2026 · ключ у Субановой Гүлнары", "Открыть"),
            ("clock", f"3 займа просрочены · 4{NB}260 сом", "дольше всех Улан кызы Жамиля, Мээрим, 34 дня", "Показать"),
            ("house", "4 семьи ждут повторного опроса", "до 30.11.2026 · Кара-Булак 3, Айкол 1", "Показать"),
            ("print", "Листы этой недели на случай, если не будет света", "4 собрания, 9 страниц", "Печать"),
            ("person", "Срок казначея кончается через 12 дней · Бирдик", "Хасанова Мавлюда", "Открыть"),
        ]
        amber = ("triangle", "clock")
        left.addWidget(
            ListCard(
                [
                    Item(
                        title,
                        below,
                        icon=icon,
                        icon_ink=tokens.AMBERMARK if icon in amber else tokens.LAKE,
                        side=LinkButton(word),
                    )
                    for icon, title, below, word in waits
                ]
            )
        )
        left.addStretch(1)
        side = rows(gap=8)
        side.addWidget(Label("Записи этого ноутбука", size=tokens.SECTION, weight=tokens.SEMIBOLD))
        for title, icon, filled, big, below, button in (
            (
                "Ещё не отправлено",
                "exchange",
                1,
                "7 записей",
                "Самая старая от 17.11.2026. Вставьте флешку KB-2 и запишите посылку.",
                "Записать посылку",
            ),
            ("Офис получил", "office", 3, "285 записей", "Последняя расписка 01.11.2026, Исфана", ""),
            ("Резервная копия", "backup", None, "4 дня назад", "17.11.2026, флешка KB-2, проверена", "Сделать копию"),
        ):
            card = Card(title, icon=icon, state=filled, small_title=True, gap=3)
            card.body.addWidget(Label(big, size=22, weight=tokens.MEDIUM))
            card.body.addWidget(Label(below, size=tokens.GRID, ink=tokens.INK2, wrap=True))
            if button:
                card.body.addWidget(Button(button, icon="stick" if filled else "backup"), 0, Qt.AlignmentFlag.AlignLeft)
            side.addWidget(card)
        side.addStretch(1)
        body.addWidget(MainAndSide(left, side, side_width=330))

    def title(self) -> str:
        return "Сегодня"

    def sentence(self) -> str:
        return "Суббота, 21.11.2026 · Кара-Булак"

    def hints(self) -> Sequence[Hint]:
        return (
            Hint(("↑", "↓"), "выбрать"),
            Hint(("Enter",), "открыть"),
            Hint(("Ctrl", "F"), "найти"),
            Hint(("F1",), "помощь"),
            Hint(("F9",), "скрыть экран"),
        )

    def focus_first(self) -> None:
        self.open_button.setFocus()


PAGES = {
    "meeting": Meeting,
    "today": Today,
    "ledger": Ledger,
    "groups": Member,
    "exchange": Exchange,
    "differences": Differences,
    "households": Interview,
    "services": Parts,
}
