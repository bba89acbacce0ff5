"""Language by script, words and library; topics by the model, which is what the training makes of the sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hub120_sdk import Context, Urgency
from hub120_sdk.testing.http import PlainHttp
from hub120_sdk.topics import topics

from plugins.classifier_korean.classifier import KoreanClassifier
from plugins.classifier_korean.languages import CYRILLIC, LATIN, Languages, Lingua, by_words
from plugins.classifier_korean.topics import Topics
from plugins.classifier_korean.training import MODEL, SENTENCES, read, train, written


@pytest.fixture(scope="module")
def languages() -> Languages:
    """With ``lingua`` loaded, as it is after the first text that needs it."""
    found = Languages()
    found._lingua._load()
    return found


@pytest.fixture(scope="module")
def classifier() -> KoreanClassifier:
    http: PlainHttp = None  # type: ignore[assignment] # it has no way out, and needs none
    return KoreanClassifier(Context({}, {}, http, lambda: datetime.now(UTC)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "등본 발급 문의합니다"),
        ("ko", "ㅠㅠ"),
        ("ko", "KTX 역에서 內部 수리중이라는데요"),
        ("en", "How do I get to 서울역 from here?"),
        ("en", "I need a translator please"),
        ("ja", "東京の友達が来ます"),
        ("zh", "身份证"),
        ("th", "ขอบคุณ"),
        ("ar", "شكرا"),
        ("km", "អរគុណ"),
        ("vi", "Cảm ơn"),
        ("mn", "Өглөөний мэнд"),
        ("mn", "Хаана бичиг баримт авах вэ"),
        ("ru", "Где получить справку о регистрации?"),
        ("fr", "Je cherche la mairie du quartier"),
        ("de", "Wo ist das nächste Bürgeramt?"),
        ("tr", "Yeni pasaportumu nereden alacağım?"),
        ("pl", "Gdzie jest najbliższy urząd?"),
        ("sv", "Var ligger närmaste myndighet?"),
        ("ms", "Bilakah pejabat dibuka? Saya nak buat pasport baharu"),
        ("id", "Kapan kantor dibuka? Saya mau bikin paspor baru, bisa?"),
        ("", "12345"),
        ("", "ok"),
        ("", "https://example.org/some/english/words"),
        ("", ""),
    ],
)
def test_the_language_of_a_text_is_recognised(languages: Languages, language: str, text: str) -> None:
    found, confidence = languages.of(text)
    assert found == language
    assert 0 <= confidence <= 1


def test_every_language_of_the_interpreter_partner_can_be_recognised() -> None:
    by_script = {"ko", "zh", "ja", "ar", "th"}
    partner = "ko en zh ja vi mn fr es it ru de pt ar pl tr sv th ms id"
    assert set(partner.split()) == by_script | {*LATIN, *CYRILLIC}


def test_words_of_two_languages_decide_nothing_by_themselves() -> None:
    assert by_words(["the", "where", "jag"])[1] < 0.9
    assert by_words(["the", "where"]) == ("en", 0.95)
    assert by_words(["xyzzy"]) == ("", 0.0)


def test_a_language_may_be_added() -> None:
    found = Lingua((*LATIN, "tl"))
    found._load()
    assert found.of("Kailangan ko ng tulong para sa aking anak, nasaan ang ospital?") is not None
    assert (found.of("Kailangan ko ng tulong para sa aking anak, nasaan ang ospital?") or ("", 0))[0] == "tl"


def test_while_the_library_is_being_loaded_words_alone_decide() -> None:
    fresh = Languages()
    fresh._lingua._begin = lambda: None  # type: ignore[method-assign] # it takes for ever
    assert fresh.of("the quixotic zephyr") == ("en", 0.5)


def test_the_model_is_what_the_training_makes_of_the_sentences() -> None:
    assert MODEL.read_text(encoding="utf-8") == written(train(read([SENTENCES]))), (
        "python -m plugins.classifier_korean.training"
    )


def test_every_topic_has_sentences_and_is_found_in_them() -> None:
    model, sentences = Topics.read(), read([SENTENCES])
    assert {topic for topic, _ in sentences} == set(topics()) == set(model.ids)
    right = sum(model.of(text)[0] == topic for topic, text in sentences)
    assert right / len(sentences) > 0.9


def test_an_unknown_or_empty_text_has_no_topic() -> None:
    assert Topics.read().of("") == ("", 0.0)
    assert Topics.read().of("zzz qqq")[0] == ""


def test_advertising_is_bulk_unless_a_crisis_word_stands_in_it(classifier: KoreanClassifier) -> None:
    assert classifier.classify("[광고] 봄맞이 할인").urgency is Urgency.BULK
    assert classifier.classify("건강검진 안내\n무료수신거부 080-123-4567").urgency is Urgency.BULK
    assert classifier.classify("불이 났어요 (광고) 아니에요").urgency is Urgency.LIFE_SAFETY
    assert classifier.classify("광고 전화가 자꾸 와요").urgency is Urgency.NORMAL
