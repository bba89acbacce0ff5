"""Languages by their ISO 639 codes, and what those that a centre is likely to cover are called.

Every code of ISO 639-1 is one here; of ISO 639-3 those that have a name here, for ISO 639-1 has none for them. The sign
language of Korea is a language as any other.
"""

from __future__ import annotations

from typing import NamedTuple

KOREAN = "ko"
SIGN_LANGUAGE = "kvk"


class Names(NamedTuple):
    """What a language is called."""

    ko: str
    en: str
    own: str


NAMES = {
    "ar": Names("아랍어", "Arabic", "العربية"),
    "bn": Names("벵골어", "Bengali", "বাংলা"),
    "de": Names("독일어", "German", "Deutsch"),
    "en": Names("영어", "English", "English"),
    "es": Names("스페인어", "Spanish", "español"),
    "fa": Names("페르시아어", "Persian", "فارسی"),
    "fil": Names("필리핀어", "Filipino", "Filipino"),
    "fr": Names("프랑스어", "French", "français"),
    "hi": Names("힌디어", "Hindi", "हिन्दी"),
    "id": Names("인도네시아어", "Indonesian", "Bahasa Indonesia"),
    "it": Names("이탈리아어", "Italian", "italiano"),
    "ja": Names("일본어", "Japanese", "日本語"),
    "kk": Names("카자흐어", "Kazakh", "қазақ тілі"),
    "km": Names("크메르어", "Khmer", "ភាសាខ្មែរ"),
    "ko": Names("한국어", "Korean", "한국어"),
    "kvk": Names("한국수어", "Korean Sign Language", "한국수어"),
    "lo": Names("라오어", "Lao", "ພາສາລາວ"),
    "mn": Names("몽골어", "Mongolian", "монгол хэл"),
    "ms": Names("말레이어", "Malay", "Bahasa Melayu"),
    "my": Names("미얀마어", "Burmese", "မြန်မာဘာသာ"),
    "ne": Names("네팔어", "Nepali", "नेपाली"),
    "pl": Names("폴란드어", "Polish", "polski"),
    "pt": Names("포르투갈어", "Portuguese", "português"),
    "ru": Names("러시아어", "Russian", "русский"),
    "si": Names("싱할라어", "Sinhala", "සිංහල"),
    "sv": Names("스웨덴어", "Swedish", "svenska"),
    "sw": Names("스와힐리어", "Swahili", "Kiswahili"),
    "ta": Names("타밀어", "Tamil", "தமிழ்"),
    "th": Names("태국어", "Thai", "ภาษาไทย"),
    "tr": Names("튀르키예어", "Turkish", "Türkçe"),
    "uk": Names("우크라이나어", "Ukrainian", "українська"),
    "ur": Names("우르두어", "Urdu", "اردو"),
    "uz": Names("우즈베크어", "Uzbek", "oʻzbek tili"),
    "vi": Names("베트남어", "Vietnamese", "Tiếng Việt"),
    "zh": Names("중국어", "Chinese", "中文"),
}

_ISO_639_1 = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et
eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk
kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny
oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
CODES = frozenset(_ISO_639_1.split()) | NAMES.keys()


def is_language(code: str) -> bool:
    """Whether a code is one of ISO 639, as far as this table goes."""
    return code in CODES


def names(code: str) -> Names:
    """What a language is called; the code, where nobody has written it down here."""
    return NAMES.get(code, Names(code, code, code))
