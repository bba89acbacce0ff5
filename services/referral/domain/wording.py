"""The words in which consent is asked: the five things that the law wants said, each by itself, in six languages.

Whoever changes a word raises ``VERSION``: each consent keeps under which words it was given.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from services.referral.domain.consents import SENSITIVE, Item, Purpose
from services.referral.domain.ladders import ZONE

VERSION: Final = 1
LANGUAGES: Final = ("ko", "en", "zh", "ja", "vi", "mn")
_PLACE: Final = {language: place for place, language in enumerate(LANGUAGES)}

_ITEMS: Final[Mapping[Item, tuple[str, ...]]] = {
    Item.NAME: ("이름", "name", "姓名", "氏名", "họ tên", "нэр"),
    Item.TELEPHONE: ("전화번호", "telephone number", "电话号码", "電話番号", "số điện thoại", "утасны дугаар"),
    Item.ADDRESS: ("주소", "address", "住址", "住所", "địa chỉ", "хаяг"),
    Item.BIRTH_DATE: ("생년월일", "date of birth", "出生日期", "生年月日", "ngày sinh", "төрсөн огноо"),
    Item.HOUSEHOLD: ("가구 구성", "household", "家庭成员", "世帯構成", "hộ gia đình", "өрхийн бүтэц"),
    Item.INCOME: (
        "소득과 재산",
        "income and property",
        "收入和财产",
        "所得と財産",
        "thu nhập và tài sản",
        "орлого ба хөрөнгө",
    ),
    Item.DEBTS: ("채무", "debts", "债务", "債務", "nợ", "өр"),
    Item.HEALTH: ("건강 상태", "health", "健康状况", "健康状態", "tình trạng sức khỏe", "эрүүл мэнд"),
    Item.DISABILITY: ("장애 정보", "disability", "残疾情况", "障害", "khuyết tật", "хөгжлийн бэрхшээл"),
    Item.RESIDENCE_STATUS: (
        "체류 자격",
        "residence status",
        "居留资格",
        "在留資格",
        "tư cách lưu trú",
        "оршин суух эрх",
    ),
    Item.CRISIS: ("위기 상황", "crisis", "危机情况", "危機の状況", "tình trạng khủng hoảng", "хямралын байдал"),
    Item.CASE_SUMMARY: (
        "상담 내용 요약",
        "summary of the case",
        "咨询摘要",
        "相談内容の要約",
        "tóm tắt vụ việc",
        "зөвлөгөөний хураангуй",
    ),
    Item.ATTACHMENTS: (
        "첨부 자료",
        "attached files",
        "附件",
        "添付資料",
        "tài liệu đính kèm",
        "хавсралт материал",
    ),
}
_PURPOSES: Final[Mapping[Purpose, tuple[str, ...]]] = {
    Purpose.APPLICATION: (
        "지원 신청의 접수와 심사",
        "taking and examining your application",
        "受理和审查您的申请",
        "申請の受付と審査",
        "tiếp nhận và xét đơn của bạn",
        "таны өргөдлийг хүлээн авч хянах",
    ),
    Purpose.COUNSELLING: ("상담", "counselling", "咨询", "相談", "tư vấn", "зөвлөгөө өгөх"),
    Purpose.LEGAL_AID: (
        "법률 상담과 법률구조",
        "legal advice and legal aid",
        "法律咨询和法律援助",
        "法律相談と法律扶助",
        "tư vấn và trợ giúp pháp lý",
        "хууль зүйн зөвлөгөө, туслалцаа",
    ),
    Purpose.HOUSING: (
        "주거 지원",
        "help with housing",
        "住房援助",
        "住居の支援",
        "hỗ trợ chỗ ở",
        "орон сууцны тусламж",
    ),
    Purpose.MEDICAL: ("의료 지원", "medical help", "医疗援助", "医療の支援", "hỗ trợ y tế", "эмнэлгийн тусламж"),
    Purpose.CRISIS_SUPPORT: (
        "긴급복지 지원",
        "emergency support",
        "紧急援助",
        "緊急支援",
        "hỗ trợ khẩn cấp",
        "яаралтай тусламж",
    ),
}
_RECIPIENT: Final = (
    "제공받는 자: {agency}",
    "Who gets it: {agency}",
    "接收方：{agency}",
    "提供先：{agency}",
    "Bên nhận: {agency}",
    "Хүлээн авагч: {agency}",
)
_PURPOSE: Final = (
    "이용 목적: {purpose}",
    "What for: {purpose}",
    "使用目的：{purpose}",
    "利用目的：{purpose}",
    "Mục đích: {purpose}",
    "Зорилго: {purpose}",
)
_GIVEN: Final = (
    "제공 항목: {items}",
    "What is given: {items}",
    "提供的项目：{items}",
    "提供する項目：{items}",
    "Thông tin cung cấp: {items}",
    "Өгөх мэдээлэл: {items}",
)
_PERIOD: Final = (
    "보유·이용 기간: {day}까지",
    "How long they keep it: until {day}",
    "保存和使用期限：至{day}",
    "保有・利用期間：{day}まで",
    "Thời hạn lưu giữ: đến {day}",
    "Хадгалах хугацаа: {day} хүртэл",
)
_REFUSAL: Final = (
    "동의를 거부할 수 있습니다. 거부하면 이 기관으로의 연계만 이루어지지 않으며, 다른 상담은 계속 받을 수 있습니다.",
    "You may refuse. Then you are not referred to this agency, and that is all: we go on helping you otherwise.",
    "您可以拒绝。如果拒绝，我们只是不会把您转介给该机构，其他咨询不受影响。",
    "同意を拒否できます。その場合、この機関へのおつなぎができないだけで、ほかのご相談は続けられます。",
    "Bạn có thể từ chối. Khi đó chúng tôi chỉ không giới thiệu bạn đến cơ quan này; các tư vấn khác vẫn tiếp tục.",
    "Та татгалзаж болно. Тэгвэл зөвхөн энэ байгууллагад холбохгүй; бусад зөвлөгөө үргэлжилнэ.",
)
_SENSITIVE: Final = (
    "민감정보({items})는 따로 동의가 필요합니다. 민감정보의 제공에 동의하십니까?",
    "{items}: this is sensitive and wants an agreement of its own. Do you agree to it being given?",
    "{items}属于敏感信息，需要单独同意。您同意提供吗？",
    "{items}は要配慮の情報で、別に同意が必要です。提供に同意しますか。",
    "{items} là thông tin nhạy cảm, cần đồng ý riêng. Bạn có đồng ý cung cấp không?",
    "{items} нь эмзэг мэдээлэл тул тусад нь зөвшөөрөл хэрэгтэй. Өгөхийг зөвшөөрч байна уу?",
)
_QUESTION: Final = (
    "위와 같이 개인정보를 제3자에게 제공하는 것에 동의하십니까?",
    "Do you agree that this is given to them?",
    "您同意按上述内容向第三方提供您的个人信息吗？",
    "以上のとおり個人情報を第三者に提供することに同意しますか。",
    "Bạn có đồng ý cung cấp thông tin cá nhân cho bên thứ ba như trên không?",
    "Дээрхийн дагуу хувийн мэдээллээ гуравдагч этгээдэд өгөхийг зөвшөөрч байна уу?",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What an agent reads out, each part by itself. ``sensitive`` is empty where nothing is."""

    language: str
    recipient: str
    purpose: str
    items: str
    period: str
    refusal: str
    sensitive: str
    question: str


def wordings(agency: str, purpose: Purpose, items: Collection[Item], until: float, language: str) -> list[Wording]:
    """Korean, and the citizen's language if it is another: English where there are no words in it."""
    other = language if language in LANGUAGES else "en"
    wanted = dict.fromkeys(("ko", other))
    return [_wording(agency, purpose, items, until, one) for one in wanted]


def _wording(agency: str, purpose: Purpose, items: Collection[Item], until: float, language: str) -> Wording:
    at = _PLACE[language]
    day = datetime.fromtimestamp(until, UTC).astimezone(ZONE).date().isoformat()
    sensitive = [item for item in Item if item in items and item in SENSITIVE]
    return Wording(
        language=language,
        recipient=_RECIPIENT[at].format(agency=agency),
        purpose=_PURPOSE[at].format(purpose=_PURPOSES[purpose][at]),
        items=_GIVEN[at].format(items=_named([item for item in Item if item in items], at)),
        period=_PERIOD[at].format(day=day),
        refusal=_REFUSAL[at],
        sensitive=_SENSITIVE[at].format(items=_named(sensitive, at)) if sensitive else "",
        question=_QUESTION[at],
    )


def _named(items: Collection[Item], at: int) -> str:
    return ", ".join(_ITEMS[item][at] for item in items)


def item_name(item: Item, language: str) -> str:
    """What an item is called, in Korean or English."""
    return _ITEMS[item][_PLACE[language if language in _PLACE else "ko"]]
