"""The catalogue of facts that rules may ask for: closed, so that every front end can draw every question.

A new fact is a line here. Ids stay what they are, because rules that were written name them.
"""

from __future__ import annotations

from types import MappingProxyType

from services.referral.domain.eligibility_facts import MOST_PERSONS, Choice, Fact, Kind, Unit, Words

_MOST_WON = 1_000_000_000_000


def _number(group: str, id: str, ko: str, en: str, asked: tuple[str, str], unit: Unit, least: int, most: int) -> Fact:
    return Fact(id, group, Words(ko, en), Words(*asked), Kind.NUMBER, unit, least, most)


def _won(id: str, ko: str, en: str, asked_ko: str, asked_en: str) -> Fact:
    return _number("money", id, ko, en, (asked_ko, asked_en), Unit.WON, 0, _MOST_WON)


def _yes_no(group: str, id: str, ko: str, en: str, asked_ko: str, asked_en: str) -> Fact:
    return Fact(id, group, Words(ko, en), Words(asked_ko, asked_en), Kind.YES_NO)


def _choice(group: str, id: str, ko: str, en: str, asked: tuple[str, str], *choices: tuple[str, str, str]) -> Fact:
    options = tuple(Choice(code, Words(korean, english)) for code, korean, english in choices)
    return Fact(id, group, Words(ko, en), Words(*asked), Kind.CHOICE, choices=options)


_PERSON = (
    _number(
        "person", "age", "나이", "Age", ("만 나이가 어떻게 되세요?", "How old are you?"), Unit.YEARS, 0, 130
    ),
    _choice(
        "person", "residence_status", "체류자격", "Residence status",
        ("국적이나 체류자격이 어떻게 되세요?", "What is your nationality or status of residence?"),
        ("citizen", "대한민국 국민", "Citizen"),
        ("F-2", "거주", "Resident"),
        ("F-2-refugee", "난민 인정자", "Recognised refugee"),
        ("F-4", "재외동포", "Overseas Korean"),
        ("F-5", "영주", "Permanent resident"),
        ("F-6", "결혼이민", "Married to a citizen"),
        ("G-1", "기타(난민 신청, 인도적 체류)", "Other (asylum seeker, humanitarian)"),
        ("work", "취업(E 계열, H-2)", "Work (E statuses, H-2)"),
        ("study", "유학, 연수(D 계열)", "Study, training (D statuses)"),
        ("other", "그 밖의 체류자격", "Another status"),
        ("none", "체류자격 없음", "No status"),
    ),
    _choice(
        "person", "disability", "장애 정도", "Disability",
        ("등록된 장애가 있으세요?", "Do you have a registered disability?"),
        ("none", "없음", "None"),
        ("mild", "심하지 않은 장애", "Not severe"),
        ("severe", "심한 장애", "Severe"),
    ),
    _yes_no(
        "person", "pension_grade_disability", "장애인연금 대상 중증장애", "Disability severe enough for its pension",
        "종전 1급, 2급 또는 3급 중복 장애에 해당하세요?",
        "Is the disability of former grade 1, 2, or 3 with a second one?",
    ),
    _yes_no("person", "pregnant", "임신 중", "Pregnant", "임신 중이세요?", "Are you pregnant?"),
    _yes_no("person", "student", "학생", "Student", "학교에 다니세요?", "Do you go to school?"),
    _yes_no("person", "employed", "취업 중", "Employed", "지금 일하고 계세요?", "Do you have work now?"),
    _yes_no(
        "person", "veteran", "국가유공자", "Veteran",
        "국가유공자나 그 유족이세요?", "Are you a veteran, or a survivor of one?",
    ),
)  # fmt: skip
_HOUSEHOLD = (
    _number(
        "household", "household_size", "가구원 수", "Household size",
        ("함께 사는 가족은 본인을 포함해 몇 명이에요?", "How many live in your household, you included?"),
        Unit.PERSONS, 1, MOST_PERSONS,
    ),
    _number(
        "household", "children", "18세 미만 자녀 수", "Children under 18",
        ("18세 미만 자녀가 몇 명이에요?", "How many children under 18 do you have?"), Unit.PERSONS, 0, MOST_PERSONS,
    ),
    _number(
        "household", "youngest_child_age", "막내 자녀 나이", "Age of the youngest child",
        ("막내가 만 몇 살이에요?", "How old is your youngest child?"), Unit.YEARS, 0, 60,
    ),
    _yes_no("household", "has_spouse", "배우자 있음", "Has a spouse", "배우자가 있으세요?", "Do you have a spouse?"),
    _yes_no(
        "household", "single_parent", "한부모", "Single parent",
        "혼자서 자녀를 키우세요?", "Do you bring up a child alone?",
    ),
    _yes_no(
        "household", "grandparent_family", "조손가족", "Grandparents bring up a child",
        "손자녀를 키우세요?", "Do you bring up a grandchild?",
    ),
    _choice(
        "household", "housing", "주거 형태", "Housing",
        ("지금 어디에서 지내세요?", "Where do you live now?"),
        ("own", "자가", "Own home"),
        ("jeonse", "전세", "Jeonse (deposit lease)"),
        ("rent", "월세", "Monthly rent"),
        ("public", "공공임대", "Public rental"),
        ("lodging", "고시원, 쪽방, 여관", "Goshiwon, tiny room or inn"),
        ("facility", "시설", "A facility"),
        ("with_others", "친척이나 지인 집", "With relatives or friends"),
        ("street", "거리, 비닐하우스 등 집 아닌 곳", "The street, or what is no home"),
    ),
)  # fmt: skip
_MONEY = (
    _won(
        "monthly_income", "월 소득", "Monthly income",
        "가구의 한 달 소득이 모두 얼마예요?", "What does the household earn in a month?",
    ),
    _won(
        "recognised_income", "소득인정액", "Recognised income",
        "기관에서 계산해 준 소득인정액이 얼마예요?", "What recognised income has an agency computed?",
    ),
    _won(
        "assets", "일반재산", "Assets",
        "집, 땅, 보증금 등 재산이 모두 얼마예요?", "What are home, land and deposits worth?",
    ),
    _won(
        "financial_assets", "금융재산", "Financial assets",
        "예금, 적금, 보험, 주식이 모두 얼마예요?", "What is there in accounts, insurance and shares?",
    ),
    _won("debts", "부채", "Debts", "갚아야 할 빚이 모두 얼마예요?", "What is owed?"),
    _won("monthly_rent", "월세", "Monthly rent", "월세가 얼마예요?", "What is the monthly rent?"),
    _won("loss", "피해 금액", "Loss", "잃은 돈이 얼마예요?", "How much money was lost?"),
)  # fmt: skip
_PLACE = (
    Fact(
        "region", "place", Words("사는 곳", "District"),
        Words("어느 시·군·구에 사세요?", "In which district do you live?"),
        Kind.DISTRICT,
    ),
    _choice(
        "place", "settlement", "지역 구분", "Kind of place",
        ("대도시, 중소도시, 농어촌 중 어디예요?", "Is it a large city, a city or a county?"),
        ("large_city", "대도시(특별시, 광역시의 구)", "Large city (district of a special or metropolitan city)"),
        ("city", "중소도시(도의 시, 세종시)", "City (of a province, Sejong)"),
        ("county", "농어촌(도의 군)", "County (of a province)"),
    ),
    _number(
        "place", "residence_months", "거주 기간", "Months of residence",
        ("그곳에 몇 달째 사세요?", "For how many months have you lived there?"), Unit.MONTHS, 0, 1_560,
    ),
    _yes_no(
        "place", "registered_residence", "주민등록 있음", "Residence is registered",
        "주민등록이 살아 있으세요?", "Is your residence registered?",
    ),
)  # fmt: skip
_BENEFITS = (
    _choice(
        "benefits", "health_insurance", "건강보험", "Health insurance",
        ("건강보험은 어떻게 되어 있으세요?", "How is your health insured?"),
        ("workplace", "직장가입자", "By the workplace"),
        ("regional", "지역가입자", "By the region"),
        ("dependent", "피부양자", "As a dependent"),
        ("medical_aid", "의료급여", "Medical aid"),
        ("none", "없음", "Not at all"),
    ),
    _yes_no(
        "benefits", "livelihood_benefit", "생계급여 수급", "Receives livelihood benefit",
        "생계급여를 받고 계세요?", "Do you receive livelihood benefit?",
    ),
    _yes_no(
        "benefits", "medical_benefit", "의료급여 수급", "Receives medical benefit",
        "의료급여를 받고 계세요?", "Do you receive medical benefit?",
    ),
    _yes_no(
        "benefits", "housing_benefit", "주거급여 수급", "Receives housing benefit",
        "주거급여를 받고 계세요?", "Do you receive housing benefit?",
    ),
    _yes_no(
        "benefits", "education_benefit", "교육급여 수급", "Receives education benefit",
        "교육급여를 받고 계세요?", "Do you receive education benefit?",
    ),
    _yes_no(
        "benefits", "near_poverty", "차상위 확인", "Recognised as near poverty",
        "차상위 확인을 받으셨어요?", "Are you recognised as near poverty?",
    ),
    _yes_no(
        "benefits", "occupational_pension", "직역연금 수급", "Receives an occupational pension",
        "본인이나 배우자가 공무원, 군인, 사학연금을 받으세요?",
        "Do you or your spouse receive a pension of officials, soldiers or teachers?",
    ),
    _yes_no(
        "benefits", "emergency_aid_same_reason", "같은 사유로 지원받음", "Was helped for the same reason",
        "같은 이유로 다른 긴급 지원을 받으셨어요?", "Have you had other emergency aid for the same reason?",
    ),
)  # fmt: skip
_CRISIS = (
    _yes_no(
        "crisis", "lost_job", "실직", "Lost work",
        "최근에 일자리를 잃으셨어요?", "Have you lost your work lately?",
    ),
    _yes_no(
        "crisis", "business_closed", "휴업·폐업", "Closed a business",
        "최근에 가게나 사업을 접으셨어요?", "Have you closed a business lately?",
    ),
    _yes_no(
        "crisis", "breadwinner_gone", "주소득자 사망·가출·구금", "The breadwinner died, left or is detained",
        "생계를 맡던 분이 돌아가셨거나 연락이 끊겼어요?", "Has whoever earned the living died, left or been detained?",
    ),
    _yes_no(
        "crisis", "serious_illness", "중한 질병·부상", "Serious illness or injury",
        "큰 병이나 부상이 있으세요?", "Is there a serious illness or injury?",
    ),
    _yes_no(
        "crisis", "homeless", "노숙·주거 상실", "Homeless",
        "지낼 곳이 없으세요?", "Are you without a place to stay?",
    ),
    _yes_no(
        "crisis", "eviction", "강제퇴거 위기", "Faces eviction",
        "집에서 나가야 할 처지세요?", "Are you about to lose your home?",
    ),
    _yes_no(
        "crisis", "domestic_violence", "가정폭력", "Domestic violence",
        "집에서 폭력을 당하셨어요?", "Have you been hurt at home?",
    ),
    _yes_no(
        "crisis", "sexual_violence", "성폭력", "Sexual violence",
        "성폭력을 당하셨어요?", "Have you suffered sexual violence?",
    ),
    _yes_no(
        "crisis", "neglect_or_abuse", "방임·학대", "Neglect or abuse",
        "방임이나 학대가 있으세요?", "Is there neglect or abuse?",
    ),
    _yes_no(
        "crisis", "fire_or_disaster", "화재·자연재해", "Fire or disaster",
        "화재나 재해를 당하셨어요?", "Has there been a fire or a disaster?",
    ),
    _yes_no(
        "crisis", "fraud_victim", "사기 피해", "Victim of fraud",
        "사기나 보이스피싱을 당하셨어요?", "Have you been defrauded?",
    ),
    _yes_no(
        "crisis", "divorced", "이혼", "Divorced",
        "이혼으로 소득을 잃으셨어요?", "Has a divorce taken your income?",
    ),
    _yes_no("crisis", "power_cut", "단전", "Power is cut off", "전기가 끊겼어요?", "Is the power cut off?"),
    _yes_no(
        "crisis", "released_from_prison", "출소", "Released from prison",
        "최근에 출소하셨어요?", "Were you released from prison lately?",
    ),
    _yes_no(
        "crisis", "suicide_risk", "자살 위험", "At risk of suicide",
        "죽고 싶다는 생각이 드세요?", "Do you think of taking your life?",
    ),
)  # fmt: skip
_LEGAL = (
    _yes_no(
        "legal", "legal_dispute", "법률 분쟁", "Legal dispute",
        "소송이나 법률 문제가 있으세요?", "Is there a lawsuit or a matter of law?",
    ),
    _yes_no(
        "legal", "crime_victim", "범죄 피해자", "Victim of a crime",
        "범죄 피해를 당하셨어요?", "Are you the victim of a crime?",
    ),
    _yes_no(
        "legal", "wage_arrears", "임금 체불", "Wages are owed",
        "받지 못한 임금이 있으세요?", "Are wages owed to you?",
    ),
)  # fmt: skip

CATALOGUE = (*_PERSON, *_HOUSEHOLD, *_MONEY, *_PLACE, *_BENEFITS, *_CRISIS, *_LEGAL)
"""In the order in which a form asks."""
FACTS = MappingProxyType({fact.id: fact for fact in CATALOGUE})
SLOTS = MappingProxyType({fact.id: place for place, fact in enumerate(CATALOGUE)})
"""Where the value of a fact stands in what rules are evaluated on."""
