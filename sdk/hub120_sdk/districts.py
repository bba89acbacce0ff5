"""District codes of the Ministry of the Interior (행정표준코드, 법정동코드) by their names: every 시도 with its 시군구.

Names are those of 2026; the former ones of four provinces are known too. A 구 of a city is no entry of its own.
"""

from __future__ import annotations

_PROVINCES = {
    "11": (
        "서울특별시",
        """종로구 110 중구 140 용산구 170 성동구 200 광진구 215 동대문구 230 중랑구 260 성북구 290 강북구 305
        도봉구 320 노원구 350 은평구 380 서대문구 410 마포구 440 양천구 470 강서구 500 구로구 530 금천구 545
        영등포구 560 동작구 590 관악구 620 서초구 650 강남구 680 송파구 710 강동구 740""",
    ),
    "26": (
        "부산광역시",
        """중구 110 서구 140 동구 170 영도구 200 부산진구 230 동래구 260 남구 290 북구 320 해운대구 350 사하구 380
        금정구 410 강서구 440 연제구 470 수영구 500 사상구 530 기장군 710""",
    ),
    "27": ("대구광역시", "중구 110 동구 140 서구 170 남구 200 북구 230 수성구 260 달서구 290 달성군 710 군위군 720"),
    "28": (
        "인천광역시",
        """중구 110 동구 140 미추홀구 177 연수구 185 남동구 200 부평구 237 계양구 245 서구 260 강화군 710
        옹진군 720""",
    ),
    "29": ("광주광역시", "동구 110 서구 140 남구 155 북구 170 광산구 200"),
    "30": ("대전광역시", "동구 110 중구 140 서구 170 유성구 200 대덕구 230"),
    "31": ("울산광역시", "중구 110 남구 140 동구 170 북구 200 울주군 710"),
    "36": ("세종특별자치시", ""),
    "41": (
        "경기도",
        """수원시 110 성남시 130 의정부시 150 안양시 170 부천시 190 광명시 210 평택시 220 동두천시 250 안산시 270
        고양시 280 과천시 290 구리시 310 남양주시 360 오산시 370 시흥시 390 군포시 410 의왕시 430 하남시 450
        용인시 460 파주시 480 이천시 500 안성시 550 김포시 570 화성시 590 광주시 610 양주시 630 포천시 650
        여주시 670 연천군 800 가평군 820 양평군 830""",
    ),
    "43": (
        "충청북도",
        """청주시 110 충주시 130 제천시 150 보은군 720 옥천군 730 영동군 740 증평군 745 진천군 750 괴산군 760
        음성군 770 단양군 800""",
    ),
    "44": (
        "충청남도",
        """천안시 130 공주시 150 보령시 180 아산시 200 서산시 210 논산시 230 계룡시 250 당진시 270 금산군 710
        부여군 760 서천군 770 청양군 790 홍성군 800 예산군 810 태안군 825""",
    ),
    "46": (
        "전라남도",
        """목포시 110 여수시 130 순천시 150 나주시 170 광양시 230 담양군 710 곡성군 720 구례군 730 고흥군 770
        보성군 780 화순군 790 장흥군 800 강진군 810 해남군 820 영암군 830 무안군 840 함평군 860 영광군 870
        장성군 880 완도군 890 진도군 900 신안군 910""",
    ),
    "47": (
        "경상북도",
        """포항시 110 경주시 130 김천시 150 안동시 170 구미시 190 영주시 210 영천시 230 상주시 250 문경시 280
        경산시 290 의성군 730 청송군 750 영양군 760 영덕군 770 청도군 820 고령군 830 성주군 840 칠곡군 850
        예천군 900 봉화군 920 울진군 930 울릉군 940""",
    ),
    "48": (
        "경상남도",
        """창원시 120 진주시 170 통영시 220 사천시 240 김해시 250 밀양시 270 거제시 310 양산시 330 의령군 720
        함안군 730 창녕군 740 고성군 820 남해군 840 하동군 850 산청군 860 함양군 870 거창군 880 합천군 890""",
    ),
    "50": ("제주특별자치도", "제주시 110 서귀포시 130"),
    "51": (
        "강원특별자치도",
        """춘천시 110 원주시 130 강릉시 150 동해시 170 태백시 190 속초시 210 삼척시 230 홍천군 720 횡성군 730
        영월군 750 평창군 760 정선군 770 철원군 780 화천군 790 양구군 800 인제군 810 고성군 820 양양군 830""",
    ),
    "52": (
        "전북특별자치도",
        """전주시 110 군산시 130 익산시 140 정읍시 180 남원시 190 김제시 210 완주군 710 진안군 720 무주군 730
        장수군 740 임실군 750 순창군 770 고창군 790 부안군 800""",
    ),
}
WHOLE = "전체"
"""How a whole province is written: 경기도 전체."""
_FORMER = {"강원도": "51", "전라북도": "52", "제주도": "50", "세종시": "36"}


def _districts() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for province, (_, written) in _PROVINCES.items():
        words = written.split()
        found |= {(province, name): province + code for name, code in zip(words[::2], words[1::2], strict=True)}
    return found


_CODES = {name: code for code, (name, _) in _PROVINCES.items()} | _FORMER
_DISTRICTS = _districts()
_NAMES = {code: f"{_PROVINCES[province][0]} {name}" for (province, name), code in _DISTRICTS.items()}


def code(province: str, district: str) -> str | None:
    """The code of a 시도, or of a 시군구 in it; None for a name that is none of today's.

    A 구 of a city (수원시 장안구) counts as its city.
    """
    first = _CODES.get(province.strip())
    if first is None or not district.strip():
        return first
    return _DISTRICTS.get((first, district.strip().partition(" ")[0]))


def name(code: str) -> str:
    """The name of a place by the first 2, 5 or 10 digits of its code: 경기도 수원시; a 구 of a city has the city's, a
    읍, 면 or 동 that of its 시군구. What is none of today's codes stays as it is."""
    if code[:2] in _PROVINCES and (len(code) == 2 or not _PROVINCES[code[:2]][1]):
        return _PROVINCES[code[:2]][0]
    return _NAMES.get(code[:5]) or _NAMES.get(f"{code[:4]}0") or code


def named(name: str) -> str | None:
    """The code of a place as messages write it: 경기도 수원시, 경기도 전체, 경기도; None for a name of none.

    What follows the 시군구 (a 구, 읍, 면 or 동) is not looked at: the place counts as its 시군구.
    """
    province, _, rest = " ".join(name.split()).partition(" ")
    return code(province, "" if rest == WHOLE else rest)
