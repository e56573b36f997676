"""The words people put over columns, in English, Russian, Kyrgyz, Tajik and Uzbek, and what each of them means."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

KINDS = (
    *("group", "member", "household", "name", "father_name", "surname", "sex", "birth", "village", "district"),
    *("phone", "joined", "role", "date", "kind", "amount", "loan", "reference", "counterparty", "account", "text"),
    *("debit", "credit", "balance", "principal", "interest", "penalty", "contract"),
)
"""Kinds of column that a map can name."""

AMOUNT_KINDS = ("saving", "shares", "repayment", "fine", "social", "other", "loan", "withdrawal", "grant")
"""Kinds of money between a member and the group, as a meeting's sheet names them."""

_WORDS = {
    "group": """group;group code;group name;group id;groupid;code of group;association;associd;assoc id;shg;vsla;cbsg;
        группа;код группы;номер группы;название группы;наименование группы;топ;топтун коду;топтун аталышы;топтун аты;
        гурух;рамзи гурух;номи гурух;guruh;guruh kodi;guruh nomi""",
    "member": """member;member id;member no;member number;no;nr;n;id;passbook;passbook no;участник;участница;
        член группы;номер участника;номер участницы;номер члена;no участника;no члена;код участника;
        no п п;п п;номер;no книжки;мучо;мучонун номери;мучонун no;катар номери;узв;аъзо;раками аъзо;раками узв;
        ракам;т р;azo;azo raqami;raqam""",
    "household": """household;household id;household code;hh;hhid;hh id;family;family id;домохозяйство;no домохозяйства;
        family code;household no;household number;код хозяйства;код двора;хозяйство;уй булоо;уй булоонун коду;
        уй булоонун номери;тутун;рамзи хонавода;рамзи оила;oila kodi;xonadon kodi;xonadon raqami;
        номер домохозяйства;код домохозяйства;семья;номер семьи;код семьи;уй було;уй булонун номери;уй булонун коду;
        хонавода;раками хонавода;оила;oila;oila raqami;xonadon""",
    "name": """name;full name;member name;given name;first name;имя;ф и о;фио;фамилия имя отчество;фамилия имя;
        имя участника;имя участницы;аты;аты жону;толук аты;мучонун аты;ном;ному насаб;ному насаби;исм;
        ism;ismi;f i sh;fio;toliq ismi""",
    "father_name": """father name;fathers name;father s name;patronymic;middle name;отчество;имя отца;
        атасынын аты;номи падар;ному падар;otasining ismi;sharifi""",
    "surname": """surname;last name;family name;фамилия;фамилиясы;насаб;насабаш;familiya;familiyasi""",
    "sex": """sex;gender;m f;f m;пол;ж м;м ж;жынысы;жыныс;чинс;jins;jinsi""",
    "birth": """birth;born;dob;date of birth;birth date;birthdate;birthday;year of birth;birth year;дата рождения;
        год рождения;г р;родилась;родился;туулган;туулган кун;туулган куну;туулган жылы;туулган датасы;
        соли таваллуд;санаи таваллуд;рузи таваллуд;tugilgan sana;tugilgan sanasi;tugilgan yili""",
    "village": """village;settlement;село;населенный пункт;кишлак;айыл;айылы;кыштак;деха;qishloq""",
    "district": """district;rayon;raion;район;району;нохия;tuman""",
    "phone": """phone;phone no;phone number;telephone;mobile;телефон;тел;номер телефона;мобильный;телефону;
        телефон номери;раками телефон;telefon;telefon raqami""",
    "joined": """joined;joined on;date joined;joining date;member since;дата вступления;вступила;вступил;
        дата приема;кирген куну;мучо болгон кун;мучо болгон куну;санаи узвият;azo bolgan sana""",
    "role": """role;post;position;office;роль;должность;кызматы;кызмат орду;вазифа;lavozim;lavozimi""",
    "date": """date;day;meeting date;date of meeting;meeting;payment date;дата;дата собрания;дата встречи;дата взноса;
        дата операции;день;куну;кун;датасы;чогулуш куну;чогулуштун куну;сана;руз;рузи чаласа;sana;sanasi""",
    "kind": """kind;type;kind of payment;вид;тип;вид взноса;вид платежа;вид операции;назначение взноса;туру;
        толомдун туру;навъ;навъи пардохт;turi""",
    "amount": """amount;sum;saving;savings;saved;saving amount;deposit;contribution;paid;value;сумма;
        сумма взноса;взнос;взносы;сбережение;сбережения;вклад;накопление;накопления;внесено;сом;
        сумма сом;суммасы;аманат;аманаты;топтоо;топтоолор;взносу;сактык;маблаг;пасандоз;summa;miqdor;miqdori;
        jamgarma;omonat""",
    "loan": """loan;loan no;loan id;кредит;номер кредита;no кредита;ссуда;заем;насыя;насыянын номери;карз;раками карз;
        qarz;kredit""",
    "reference": """reference;ref;document;document no;doc no;no документа;номер документа;документ;документтин номери;
        раками хуччат;hujjat raqami""",
    "counterparty": """counterparty;payer;payee;плательщик;получатель;контрагент;корреспондент;толоочу;алуучу""",
    "account": """account;account no;iban;счет;номер счета;no счета;эсеп;суратхисоб;hisob raqami""",
    "text": """text;description;details;purpose;note;comment;содержание;назначение;назначение платежа;описание;
        примечание;максаты;мазмуну;эскертуу;тавсиф;изох;izoh""",
    "debit": """debit;дебет;расход;чыгым;харочот;дебит;chiqim""",
    "credit": """credit;кредит сумма;приход;кириш;киреше;даромад;kirim""",
    "balance": """balance;остаток;сальдо;калдык;калдыгы;бокимонда;qoldiq""",
    "principal": """principal;principal left;outstanding;основной долг;основная сумма;остаток основного долга;
        негизги карыз;негизги сумма;карзи асоси;asosiy qarz""",
    "interest": """interest;interest due;проценты;процент;начисленные проценты;пайыз;пайызы;фоиз;foiz""",
    "penalty": """penalty;late charge;пеня;пени;штраф;неустойка;айып;туум;чарима;jarima""",
    "contract": """contract;contract no;договор;номер договора;no договора;келишим;келишимдин номери;шартнома;
        раками шартнома;shartnoma""",
}
"""Already folded: small letters, ё as е, ө as о, ү as у, ң as н, ҷ as ч, no signs."""

BARE_CODES = frozenset(("code", "код", "коду", "рамз", "kod", "kodi"))
"""A code of something: in a list of people its household's, as the form of a household calls it; folded too."""

_AMOUNT_KIND_WORDS = {
    "saving": """saving;savings;save;deposit;сбережение;сбережения;взнос;вклад;накопление;аманат;топтоо;сактык;
        пасандоз;jamgarma;omonat;compulsory saving;обязательный взнос""",
    "shares": """share;shares;пай;паи;доля;доли;акция;улуш;улуштор;сахм;ulush""",
    "repayment": """repayment;loan repayment;repaid;погашение;погашение кредита;возврат;возврат займа;возврат кредита;
        кайтаруу;насыяны кайтаруу;баргардонидан;пардохти карз;qaytarish""",
    "fine": """fine;fines;штраф;штрафы;айып;айып пул;чарима;jarima""",
    "social": """social;social fund;welfare;социальный фонд;соцфонд;коомдук фонд;социалдык фонд;фонди ичтимои;
        ijtimoiy fond""",
    "other": """other;прочее;другое;иное;башка;дигар;boshqa""",
    "loan": """loan;loan issued;new loan;кредит;заем;ссуда;выдача кредита;выдача займа;насыя;насыя берүү;карз;qarz""",
    "withdrawal": """withdrawal;снятие;изъятие;возврат сбережений;чыгарып алуу;аманатты алуу;гирифтани пасандоз""",
    "grant": """grant;пособие;помощь;жардам;ердам;кумак;yordam""",
}

_TOTALS = re.compile(
    r"(?:(?:grand )?totals?|sub ?total|sum|итого|итог|всего|жалпы|жалпысы|баары|бардыгы|жыйынтык|"
    r"хамаги|чамъ|чамъи|jami|hammasi)(?: (?P<of>.*))?"
)
_OF = frozenset(("of", "for", "in", "by", "по", "за", "в", "на", "боюнча", "учун"))
_COUNTED = """groups members people month year членов участниц участников людей человек чел семей взносов сбережений
    месяц год мучолор мучо адам топтор ай айга айы жыл"""
"""What is totalled, beside the words of headings; folded."""
_LETTERS = str.maketrans("ёүөңқғҳҷӣӯўәұіһ", "еуонкгхчиууауих")


@lru_cache(maxsize=4096)
def folded(header: str) -> str:
    """A header as the vocabulary spells it: small plain letters and digits, single blanks."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", header).casefold()).translate(_LETTERS)
    text = re.sub("['’‘`ʻʼ\u0301]", "", text)
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def _table(words: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, listed in words.items():
        for word in listed.split(";"):
            found.setdefault(folded(" ".join(word.split())), kind)
    return found


_KIND_OF_HEADER = _table(_WORDS)
_TOTALLED = frozenset((*" ".join(_KIND_OF_HEADER).split(), *_COUNTED.split()))
_KIND_OF_AMOUNT = _table(_AMOUNT_KIND_WORDS)


def kind_of_header(header: str) -> str | None:
    """The kind of column that stands under exactly these words; None where the vocabulary lacks them."""
    return _KIND_OF_HEADER.get(folded(header))


def likely_kind(header: str) -> str | None:
    """The kind of column under words that begin with, or hold, a known heading: `Сумма взноса, сом` is an amount."""
    words = folded(header).split()
    for length in range(len(words), 0, -1):
        for begin in range(len(words) - length + 1):
            part = " ".join(words[begin : begin + length])
            if len(part) > 2 and (kind := _KIND_OF_HEADER.get(part)):
                return kind
    return None


def amount_kind(text: str) -> str | None:
    """The kind of money a word in a table means (`взнос` is a saving); None where it is none we know."""
    return _KIND_OF_AMOUNT.get(folded(text))


def is_total(text: str) -> bool:
    """True for the head of a line of totals and for nothing else: `Итого`, `Всего за март`, never `Jami Karimova`."""
    found = _TOTALS.fullmatch(folded(text))
    if found is None:
        return False
    of = (found["of"] or "").split()
    return not _OF.isdisjoint((*of[:1], *of[-1:])) or all(one in _TOTALLED or one.isdecimal() for one in of)


def begins_as_total(text: str) -> bool:
    """True for any text that begins with the word of a total, be it somebody's name or a group's."""
    return _TOTALS.fullmatch(folded(text)) is not None
