"""Crisis words in both directions: what must raise the class, and what only looks like it."""

from __future__ import annotations

import pytest
from hub120_sdk import Urgency
from hub120_sdk.crisis import READ_CHARACTERS, alarm

LIFE_SAFETY = {
    "self_harm": [
        "더 이상 살고 싶지 않아요",
        "죽고싶다는 생각만 들어요",
        "죽고 싶어요. 도와주세요",
        "친구가 자살하겠다고 문자를 보냈어요",
        "지금 다리 위인데 뛰어내리고 싶어요",
        "번개탄을 피웠어요",
        "목숨을 끊겠다고 합니다",
        "손목을 그었어요",
        "손님이 수면제를 많이 먹고 죽는다고 해요",
        "유서를 써 놓고 나갔어요",
        "I want to die",
        "He says he will kill himself, I don't want to live either",
        "我不想活了",
        "もう死にたいです",
        "Tôi muốn chết",
        "Би үхмээр байна",
    ],
    "fire": [
        "옆 건물에 불이 났어요",
        "불났어요 빨리 와주세요",
        "불 났 어 요",
        "불이야!!",
        "윗집에서 불꽃이랑 연기가 막 올라와요 빨리요",
        "연기 때문에 앞이 안 보여요",
        "쓰레기통에 불이 붙었어요",
        "아파트 12층에서 연기가 나요",
        "베란다에서 타는 냄새가 심하게 나요",
        "상가에서 폭발음이 들렸어요",
        "뒷산에 산불이 났습니다",
        "화재가 발생했습니다",
        "화재신고합니다 3층이에요",
        "The building next door is on fire",
        "There is smoke coming from the roof",
        "隔壁着火了",
        "隣の家が火事です",
        "Nhà bên cạnh đang cháy",
        "Хажуу байшинд гал гарсан",
    ],
    "gas": [
        "가스 냄새가 나요",
        "가스냄새가 심하게 납니다",
        "가 스 냄새요",
        "부엌에서 가스가 새는 것 같아요",
        "가스가 새요",
        "도시가스 누출된 것 같습니다",
        "가스누출 경보기가 계속 울려요",
        "보일러 켰더니 일산화탄소 경보가 울려요",
        "I can smell gas in the kitchen",
        "There's a gas leak",
        "厨房里煤气味很重，可能泄漏了",
        "ガス漏れしています",
        "Nhà tôi bị rò rỉ gas",
        "Хий алдаж байна",
    ],
    "collapse": [
        "공사장 비계가 무너졌어요",
        "옆집 담장이 무너지고 있어요",
        "건물이 붕괴됐어요",
        "천장이 갑자기 무너져 내렸어요",
        "The ceiling of our house collapsed",
        "房子塌了",
        "屋根が崩れました",
        "Nhà bị sập rồi",
        "Барилга нурсан",
    ],
    "trapped": [
        "사람이 무너진 흙더미에 깔렸어요",
        "엘리베이터에 갇혔어요",
        "복도에 갇혔어요",
        "아이가 화장실에 갇혀 있어요",
        "인부가 3층에서 추락했어요",
    ],
    "missing": [
        "아이가 없어졌어요",
        "다섯 살 아이를 잃어버렸어요",
        "치매 할머니가 집을 나가셨는데 안 들어오세요",
        "딸이 학원에서 안 들어왔고 연락이 안 돼요",
        "실종 신고하려고요",
        "치매 있는 아버지가 아침에 나가서 아직 안 들어오셨어요",
        "공원에서 미아를 데리고 있어요",
        "길을 잃은 할머니가 계세요",
        "My son is missing since this morning",
        "I can't find my daughter",
        "孩子走丢了",
        "子供がいなくなりました",
        "Con tôi bị lạc",
        "Миний хүүхэд алга болсон",
    ],
    "emergency": [
        "살려주세요",
        "어머니가 숨을 안 쉬어요",
        "할아버지가 길에서 쓰러지셨어요",
        "아이가 물에 빠졌어요",
        "강에 사람이 빠졌어요",
        "칼을 들고 돌아다니는 사람이 있어요",
        "My father is unconscious",
        "救命",
        "Cứu tôi với",
        "Авраарай",
    ],
}

SAFETY = {
    "public_danger": [
        "가로등이 쓰러져서 도로를 막고 있어요",
        "전봇대가 기울어져 있어요",
        "전선이 끊어져 길에 늘어져 있습니다",
        "간판이 떨어질 것 같아요",
        "바람에 나무가 쓰러졌어요",
        "사거리 신호등이 고장났어요",
        "맨홀 뚜껑이 열려 있어요",
        "멧돼지가 아파트 단지에 내려왔어요",
        "A street light has fallen on the road",
        "路灯倒了",
        "電柱が倒れています",
        "Cột điện bị đổ",
        "Гэрлийн шон унасан",
    ],
    "ground": [
        "집 앞 도로가 꺼졌어요",
        "도로가 갑자기 내려앉았습니다",
        "싱크홀이 생겼어요",
        "도로 한가운데가 푹 꺼졌어요",
        "옹벽에 금이 가고 있어요",
        "담이 무너질 것 같아요",
        "산사태가 났어요",
        "There is a sinkhole on our street",
        "路面塌陷了",
        "道路が陥没しています",
        "Trước nhà có hố tử thần",
        "Зам цөмөрсөн",
    ],
    "disaster": [
        "지하차도가 침수됐어요",
        "집에 물이 차오르고 있어요",
        "하천이 범람할 것 같습니다",
        "동네 전체가 정전입니다",
        "방금 지진이 났나요",
        "땅이 흔들렸는데 지진인가요",
        "재난문자 받았는데 어디로 가야 하나요",
        "수도관이 터져서 물이 솟아요",
        "Our basement is flooded",
        "我们小区被淹了",
        "家が浸水しました",
        "Đường nhà tôi bị ngập",
        "Манай гудамж усанд автсан",
    ],
}

NORMAL = [
    "가스요금 고지서가 두 번 왔어요",
    "도시가스 요금이 왜 올랐나요",
    "가스레인지 버리려면 스티커 사야 하나요",
    "가스누출 경보기 무료 설치 신청하고 싶어요",
    "배기가스 냄새가 심한 트럭이 있어요",
    "온실가스 줄이기 캠페인 참여",
    "가스 안전점검은 언제 오나요",
    "화재보험 가입 여부를 확인하고 싶습니다",
    "주택용 화재감지기 지원 대상이 되나요",
    "화재예방 교육을 신청합니다",
    "화재증명원은 어디서 발급하나요",
    "불꺼진 가로등 신고합니다",
    "가로등 불이 안 들어와요",
    "복도 불이 나갔어요",
    "불법주차 때문에 불편합니다",
    "불이 나면 어디로 대피하나요",
    "담배 연기가 올라와서 괴로워요",
    "고깃집에서 연기가 너무 나요",
    "이불 버리는 방법",
    "전화기에 불이 났나 봐요 계속 통화중이네요",
    "산불감시원 채용 공고 언제 나오나요",
    "자살예방 교육 신청 방법",
    "배고파 죽겠어요 구내식당 몇 시까지 하나요",
    "가로수가 다 죽어버렸어요",
    "이 동네 살기 싫어요. 소음 때문에요",
    "집값이 무너졌다는데 재산세는 그대로네요",
    "마음이 무너져요",
    "아이가 지갑을 잃어버렸어요",
    "강아지를 잃어버렸어요",
    "우리 고양이가 집을 나가서 안 들어와요",
    "실종아동 예방 사전등록 하고 싶어요",
    "자살예방센터 자원봉사 신청",
    "행사 연기 안내를 못 받았어요",
    "연기를 배우고 싶은데 연극 수업이 있나요",
    "하천에 쓰레기가 빠져 있어요",
    "실종예방 지문등록은 어디서 하나요",
    "미아동 주민센터 전화번호",
    "미아사거리역에서 버스 어디서 타나요",
    "우리 애가 학생증을 잃어버렸어요",
    "어르신 시력이 떨어졌는데 검진 받을 수 있나요",
    "소상공인 좀 살려주세요 임대료가 너무 비싸요",
    "보도블록이 깔린 지 얼마 안 됐는데 또 공사하네요",
    "심폐소생술 교육 신청",
    "침수 피해 지원금 신청하려고요",
    "재난지원금은 언제 지급되나요",
    "지진 대피훈련 일정",
    "정전기가 심해요",
    "산사태 예방 교육 자료 있나요",
    "가로등이 깜빡거려요",
    "가로등이 사흘째 꺼져 있어요",
    "보도블록이 울퉁불퉁해요",
    "I have a question about my gas bill",
    "Do I need fire insurance for my shop?",
    "Where is the fire station tour held?",
    "I lost my passport",
    "My daughter lost her phone",
    "The street light in front of my house is out",
    "我想问一下燃气费",
    "火灾保险怎么买",
    "ガス料金について教えてください",
    "避難訓練の日程を知りたいです",
    "猫がいなくなりました",
    "Tôi muốn hỏi về tiền gas",
    "Bảo hiểm cháy nổ mua ở đâu?",
    "Báo cáo thuế nộp ở đâu?",
    "Хийн төлбөр хаана төлөх вэ?",
    "",
    "😀😀",
    "123-4567",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in LIFE_SAFETY.items() for text in texts])
def test_a_matter_of_life_is_recognised(kind: str, text: str) -> None:
    found = alarm(text)
    assert found.urgency is Urgency.LIFE_SAFETY
    assert kind in found.kinds or kind in {"collapse", "trapped"} or not text.isascii()
    assert found.words


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAFETY.items() for text in texts])
def test_danger_in_a_public_place_is_recognised(kind: str, text: str) -> None:
    found = alarm(text)
    assert (found.urgency, found.kinds) == (Urgency.SAFETY, (kind,))


@pytest.mark.parametrize("text", NORMAL)
def test_what_only_looks_like_it_raises_nothing(text: str) -> None:
    assert alarm(text).urgency is Urgency.NORMAL


def test_a_word_that_takes_an_alarm_back_does_so_in_its_own_sentence_alone() -> None:
    assert alarm("가스요금 문의드려요. 그런데 지금 가스 냄새가 나요").urgency is Urgency.LIFE_SAFETY
    assert alarm("화재보험 문의. 앗 불이 났어요").urgency is Urgency.LIFE_SAFETY


def test_decomposed_letters_and_capitals_are_the_same_words() -> None:
    assert alarm("가스 냄새가 나요").urgency is Urgency.LIFE_SAFETY
    assert alarm("GAS LEAK!!!").urgency is Urgency.LIFE_SAFETY
    assert alarm("I can’t find my daughter").urgency is Urgency.LIFE_SAFETY


def test_beginning_and_end_of_a_very_long_text_are_read() -> None:
    filler = "안녕하세요 문의드립니다. " * READ_CHARACTERS
    assert alarm(f"불이 났어요. {filler}").urgency is Urgency.LIFE_SAFETY
    assert alarm(f"{filler} 불이 났어요").urgency is Urgency.LIFE_SAFETY
    assert alarm(filler).urgency is Urgency.NORMAL


def test_the_more_urgent_danger_counts() -> None:
    found = alarm("도로가 꺼졌는데 사람이 갇혔어요")
    assert found.urgency is Urgency.LIFE_SAFETY
    assert found.kinds == ("trapped",)
