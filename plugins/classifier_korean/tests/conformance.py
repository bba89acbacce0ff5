"""The table of the ``classifier_korean`` connector."""

from __future__ import annotations

from datetime import datetime

from hub120_sdk import Urgency
from hub120_sdk.testing import Classifies, Suite


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        classifies=(
            Classifies("a passport", "여권을 재발급 받으려면 뭐가 필요해요?", "ko", "administration", Urgency.NORMAL),
            Classifies("rubbish", "음식물 쓰레기는 무슨 요일에 내놓나요", "ko", "environment", Urgency.NORMAL),
            Classifies("a bus", "버스가 정류장에 서지 않고 그냥 갔어요", "ko", "transport", Urgency.NORMAL),
            Classifies("a gas leak", "집에서 가스 냄새가 나요", "ko", urgency=Urgency.LIFE_SAFETY),
            Classifies("a gas bill", "가스요금 고지서를 못 받았어요", "ko", urgency=Urgency.NORMAL),
            Classifies("a fallen lamp", "가로등이 쓰러졌어요", "ko", "safety", Urgency.SAFETY),
            Classifies("advertising", "(광고) 화재보험 무료상담 수신거부 080-000-0000", "ko", urgency=Urgency.BULK),
            Classifies("English", "Where can I apply for a parking permit?", "en", "", Urgency.NORMAL),
            Classifies("Japanese", "駐車場はどこですか", "ja", "", Urgency.NORMAL),
            Classifies("Chinese", "请问停车场在哪里", "zh", "", Urgency.NORMAL),
            Classifies("Mongolian", "Өргөдлөө хаана өгөх вэ", "mn", "", Urgency.NORMAL),
            Classifies("nothing", "", "", "", Urgency.NORMAL),
        ),
    )
