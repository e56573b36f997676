"""The words that lists have for a group's posts, in English, Russian, Kyrgyz, Tajik and Uzbek, and what each means."""

from __future__ import annotations

import re

from shg_desk.tables.headers import folded

_WORDS = {
    "leader": """leader;group leader;chair;chairwoman;chairman;chairperson;head;president;лидер;лидер группы;
        председатель;председательница;староста;руководитель;руководительница;глава;төрайым;төрага;башчы;топ башчы;
        топтун башчысы;лидери;раис;раиса;роҳбар;сардор;raisa;rais;rahbar;sardor;guruh rahbari""",
    "treasurer": """treasurer;cashier;казначей;казначейша;кассир;казыначы;казначы;кассачы;хазиначи;хазинадор;
        хазинабон;ганҷур;xazinachi;g‘aznachi;kassir""",
    "secretary": """secretary;clerk;record keeper;bookkeeper;секретарь;секретарша;писарь;учётчик;учётчица;бухгалтер;
        катчы;эсепчи;котиб;котиба;kotib;kotiba;hisobchi""",
    "inspector": """inspector;auditor;inspection committee;member of the inspection committee;ревизор;контролёр;
        член ревизионной комиссии;ревизионная комиссия;текшерүүчү;ревизиялык комиссия;тафтишчи;назоратчи;
        taftishchi;nazoratchi""",
    "key-holder": """key holder;keyholder;keeper of the key;key keeper;key;хранитель ключа;хранительница ключа;
        хранитель ключей;хранительница ключей;держатель ключа;держательница ключа;ключница;ключ;ачкычты сактоочу;
        ачкыч сактоочу;ачкыч кармаган;ачкыччы;ачкыч ээси;калиддор;калидбардор;kalit saqlovchi;kalitchi""",
    "signatory": """signatory;signer;right to sign;подписант;право подписи;с правом подписи;кол коюучу;
        кол коюу укугу бар;имзокунанда;imzolovchi""",
    "": """member;participant;plain member;none;no;член;член группы;участник;участница;рядовой член;нет;мүчө;
        топ мүчөсү;катардагы мүчө;жок;узв;аъзо;аъзои гурӯҳ;azo;aʼzo;guruh azosi""",
}
_PARTED = re.compile(r"[,;/+&]|\s(?:и|and|жана|ва|va)\s")


def _table() -> dict[str, str]:
    return {folded(word): post for post, words in _WORDS.items() for word in words.split(";")}


_POST_OF = _table()


def posts_of(text: str) -> tuple[tuple[str, ...], bool]:
    """The posts a cell names, each once, and whether every word of it was understood. A plain member has none."""
    whole = _POST_OF.get(folded(text))
    parts = (part for part in _PARTED.split(text) if part.strip())
    said = [_POST_OF.get(folded(part)) for part in parts] if whole is None else [whole]
    return tuple(dict.fromkeys(post for post in said if post)), None not in said
