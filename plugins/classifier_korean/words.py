"""Words by which languages in Latin and Cyrillic letters are told apart: frequent, and in no other of the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_FREQUENT = {
    "en": "the is are was of to and my your have has do does how what where when can i'm you this that for with need"
    " want please hello thank there from not it we they would could about at",
    "fr": "le les des une est je vous nous mon ma mes où pour avec dans sur pas que qui comment quand bonjour merci"
    " voudrais puis peut j'ai c'est cette votre",
    "es": "el los una está estoy mi mis dónde donde cómo cuándo para con por qué las quiero necesito puedo buenos días"
    " gracias hola hay muy esta usted tengo quisiera",
    "it": "il gli della delle sono è vorrei dove come quando per con mia mio non che buongiorno grazie posso ho bisogno"
    " questo nella alla ciao",
    "de": "der die das und ist ich nicht ein eine einen mein meine meiner wo wie wann für mit kann möchte bitte guten"
    " danke haben habe auf zu brauche hallo",
    "pt": "o os uma não está onde como quando para com minha meu quero preciso posso gostaria bom dia obrigado obrigada"
    " olá você tenho rua do da",
    "pl": "się jest nie na moja mój gdzie jak kiedy czy chcę chciałbym chciałabym mogę proszę dzień dobry dziękuję"
    " potrzebuję mojej do przez mam",
    "tr": "bir ve bu için ne nerede nereye nasıl zaman benim istiyorum var yok lütfen merhaba teşekkürler ihtiyacım"
    " değil mi çok",
    "sv": "jag och är inte en ett på min mitt var hur när kan skulle vilja behöver tack hej god morgon det som med för",
    "id": "saya anda di ke dari yang tidak ini itu dengan untuk mana bagaimana kapan apa ada sudah belum jalan rumah"
    " terima kasih selamat pagi mau ingin perlu",
    "ru": "я не на что как где когда можно нет да это мой моя меня здравствуйте спасибо хочу нужно у нас есть для и по",
    "mn": "би энэ тэр хаана яаж хэзээ юу уу сайн байна баярлалаа надад миний манай гэж гэсэн вэ бол юм авах хэрэгтэй",
}
"""Malay shares the words of Indonesian: which of the two it is, ``MALAY`` and ``INDONESIAN`` decide."""
_times = Counter(word for words in _FREQUENT.values() for word in set(words.split()))

COMMON: Mapping[str, frozenset[str]] = {
    language: frozenset(word for word in words.split() if _times[word] == 1) for language, words in _FREQUENT.items()
}
_MALAY = """boleh hendak nak kereta awak kerana tak beritahu bila bilakah mengapa macam hadapan rosak sila encik puan
    cik wang pejabat pukul petang sahaja adakah farmasi polis baharu selepas jiran bising beg bas isyarat kad semalam"""
_INDONESIAN = """bisa ingin mau karena nggak gak kapan kenapa mobil uang kantor kartu rusak depan silakan bapak ibu
    butuh apakah sore kemarin bicara polisi apotek membayar tetangga berisik tas bus lantas tolong"""
MALAY, INDONESIAN = frozenset(_MALAY.split()), frozenset(_INDONESIAN.split())
