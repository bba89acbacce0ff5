"""English, Chinese, Japanese, Vietnamese and Mongolian: the languages that a centre speaks itself.

Chinese and Japanese share their characters, so both are looked for in either.
"""

from __future__ import annotations

from hub120_sdk.crisis_words import Danger

_PERSON_EN = (
    r"(?:child|kid|baby|son|daughter|boy|girl|mother|father|grandmother|grandfather|husband|wife"
    r"|person|man|woman|people)"
)

LIFE_SAFETY = {
    "latin": (
        Danger(
            "self_harm",
            r"\bkill(?:ing)? myself|\b(?:want|going) to die\b|\bsuicid|\bend(?:ing)? my life"
            r"|\bhurt(?:ing)? myself|\bdon'?t want to live"
            r"|muốn chết|tự tử|tự sát|không muốn sống|\bmuon chet\b|\btu tu\b",
            r"suicide prevention (?:class|course|campaign|training)|từ từ",
        ),
        Danger(
            "fire",
            r"\bon fire\b|\bthere(?:'s| is) (?:a )?fire|\bfire (?:in|at|broke|started|has)\b"
            r"|\bburning down|\bis burning\b|\bsmoke (?:is )?(?:coming|everywhere|from)"
            r"|\bexplosion\b|cháy (?:nhà|rồi|lớn|ở|tại|trong)|nhà (?:bị )?cháy|đang cháy|bốc cháy"
            r"|hỏa hoạn|hoả hoạn|có khói|nổ lớn",
            r"insurance|fire (?:drill|station|extinguisher|prevention|safety|alarm test)"
            r"|no smoking|smok(?:er|ing)\b|cigarette|bảo hiểm|phòng cháy",
        ),
        Danger(
            "gas",
            r"\bgas (?:is )?leak|\bleak(?:ing)? gas\b|\bsmell(?:s|ing)?(?: of| like)? (?:the "
            r"|some )?gas\b|\bgas smell|carbon monoxide"
            r"|rò rỉ (?:khí |bình )?gas?|mùi (?:khí )?ga|xì ga|hở ga",
            r"\bbill\b|\bfee\b|insurance|detector (?:install|subsid)|tiền ga",
        ),
        Danger(
            "collapse",
            r"\b(?:building|house|roof|ceiling|wall|bridge|crane|scaffold\w*)\b.{0,12}\bcollaps"
            r"|\btrapped\b|\bburied under|\bstuck in (?:the |an )?(?:elevator|lift)"
            r"|(?:nhà|tòa nhà|trần|mái|tường).{0,10}sập|bị sập|mắc kẹt|kẹt (?:trong )?thang máy",
            r"training|drill|cat\b|dog\b",
        ),
        Danger(
            "missing",
            rf"\b(?:my|a|the|our) (?:\w+ )?{_PERSON_EN} (?:is|went|has gone|got|has been"
            rf"|ran) (?:\w+ )?(?:missing|lost|disappeared|away)"
            rf"|\bmissing {_PERSON_EN}|\blost (?:my|our) {_PERSON_EN}\b|\b(?:can'?t|cannot"
            rf"|could not|couldn'?t) find (?:my|our) {_PERSON_EN}\b|\bkidnap"
            r"|mất tích|lạc mất (?:con|cháu|bé)|con (?:tôi|em) (?:bị )?lạc|không tìm thấy (?:con"
            r"|cháu|bé|mẹ|bố)|bắt cóc|trẻ (?:bị )?lạc",
            r"lost (?:my|our) \w+'s|passport|phone|wallet|shoes|bag\b|card\b",
        ),
        Danger(
            "emergency",
            r"\bnot breathing|\bunconscious|\bdrowning|\bheart attack|\bstabb(?:ed|ing)"
            r"|\belectrocuted|\bplease save|không thở|bất tỉnh|đuối nước|cứu tôi|cứu với|điện giật",
            r"training|course|class\b",
        ),
    ),
    "han": (
        Danger(
            "self_harm",
            r"想死|自杀|自殺|不想活|轻生|輕生|割腕|死にたい|消えたい|飛び降り|命を絶",
            r"自殺(?:予防|防止)(?:研修|講座|週間)|(?:自杀|自殺)预防(?:讲座|宣传)",
        ),
        Danger(
            "fire",
            r"着火|著火|起火|失火|火灾|火災|冒烟|冒煙|浓烟|濃煙|爆炸|火事|燃えて|煙が|爆発",
            r"保险|保險|保険|演习|演習|训练|訓練|预防|預防|予防|警报器安装|警報器の設置|タバコ"
            r"|香烟|抽烟|吸烟",
        ),
        Danger(
            "gas",
            r"(?:煤气|燃气|瓦斯|煤氣|天然气)(?:泄漏|泄露|洩漏|漏|味|中毒)|漏气|漏煤气"
            r"|闻到.{0,4}(?:煤气|燃气|瓦斯)|一氧化碳|ガス漏れ|ガスが漏|ガス臭|ガスの(?:臭|にお|匂)"
            r"|ガスくさ|一酸化炭素",
            r"费|費|料金|请求|請求",
        ),
        Danger(
            "collapse",
            r"倒塌|楼塌|房子塌|屋顶塌|天花板塌|被困|被埋|被压在|困在电梯|倒壊|天井が(?:落|崩)"
            r"|屋根が崩|建物が崩|閉じ込め|生き埋め|下敷き",
            r"演习|演習|训练|訓練|猫",
        ),
        Danger(
            "missing",
            r"(?:孩子|小孩|儿子|女儿|兒子|女兒|老人|妈妈|爸爸).{0,4}(?:不见|不見|丢了|走丢|走失"
            r"|失踪|失蹤|找不到)|走失|走丢|失踪|失蹤|绑架|綁架"
            r"|(?:子供|子ども|息子|娘|母|父|祖母|祖父|おばあさん|おじいさん).{0,5}(?:いなく"
            r"|見つから|迷子|帰ってこ|行方)|迷子|行方不明|誘拐",
            r"猫|狗|犬|ペット|钱包|手机|護照|护照|財布|迷子札",
        ),
        Danger(
            "emergency",
            r"救命|没有呼吸|沒有呼吸|昏迷|溺水|触电|觸電|助けて|息をして(?:い)?ない|意識がない"
            r"|溺れ|感電|倒れて(?:い)?る人",
            "",
        ),
    ),
    "cyrillic": (
        Danger("self_harm", r"үхмээр|үхэхийг хүс|амиа хорло|амиа егүүт|амьдармааргүй|амьдрахыг хүсэхгүй", ""),
        Danger(
            "fire",
            r"гал (?:гарсан|гарч|гарлаа|авалц)|түймэр|шатаж бай|галд автсан|утаа (?:гар|униар)"
            r"|дэлбэр",
            r"даатгал|сургуулилт|урьдчилан сэргий",
        ),
        Danger("gas", r"(?:хий|газ)(?:н|ны|ний)? (?:алд|үнэр)|хийнд хордсон|угаарт", r"төлбөр|даатгал"),
        Danger(
            "collapse",
            r"(?:барилга|байшин|дээвэр|тааз|хана)\S* (?:\S+ )?(?:нурсан|нурж|нурлаа)|дарагдсан"
            r"|хавчуулагдсан|лифтэнд гацсан",
            r"сургуулилт",
        ),
        Danger(
            "missing",
            r"(?:хүүхэд|охин|хүү|ээж|аав|эмээ|өвөө)\S* (?:\S+ )?(?:алга|төөр|олдохгүй|сураггүй)"
            r"|сураггүй|хулгайлагдсан хүүхэд",
            r"муур|нохой|түрийвч|утас|паспорт",
        ),
        Danger("emergency", r"авраарай|амьсгалахгүй|ухаангүй|живж бай|цахилгаанд цохиул", ""),
    ),
}

SAFETY = {
    "latin": (
        Danger(
            "public_danger",
            r"\b(?:street ?lights?|lamp ?post|tree|pole|power lines?|sign|wire"
            r"|traffic light)\b.{0,14}\b(?:fallen|fell|falling|collapsed|leaning|hanging|down on)"
            r"|\bfallen (?:tree|pole|power line|street ?light)|\bopen manhole"
            r"|\btraffic light.{0,10}not working|cột (?:điện|đèn).{0,10}(?:đổ|nghiêng)"
            r"|dây điện.{0,8}(?:đứt|rơi)|cây (?:bị )?đổ|nắp cống",
            r"insurance|bảo hiểm",
        ),
        Danger(
            "ground",
            r"\bsinkhole|\blandslide|\b(?:road|street|ground|sidewalk)\b.{0,10}\b(?:collapsed"
            r"|caved|sank|sinking)|hố tử thần|sụt lún|sạt lở|đường (?:bị )?sụt",
            "",
        ),
        Danger(
            "disaster",
            r"\bflood(?:ed|ing|s)?\b|\bearthquake|\btyphoon|\bevacuat|\bpower (?:is out|outage"
            r"|cut)|\bblackout|ngập|lũ lụt|động đất|bão|sơ tán|mất điện",
            r"insurance|bảo hiểm|bảo (?:vệ|trì|trợ|lãnh|dưỡng|mật|tồn|quản|hành|đảm)|drill|báo",
        ),
    ),
    "han": (
        Danger(
            "public_danger",
            r"(?:路灯|路燈|电线杆|電線桿|大树|大樹|树|招牌|电线).{0,6}(?:倒了|倒下|掉下|断了|歪了"
            r"|要倒)|井盖(?:没|丢|打开|不见)|(?:街灯|電柱|木|看板|電線)が.{0,4}(?:倒れ|落ち|傾い"
            r"|切れ)|マンホール.{0,6}(?:開い|ない)",
            "",
        ),
        Danger("ground", r"塌陷|滑坡|山崩|泥石流|路面塌|地面下沉|陥没|土砂崩れ|崖崩れ|地盤沈下", ""),
        Danger(
            "disaster",
            r"淹水|水灾|水災|洪水|积水|積水|被淹|地震|台风|颱風|疏散|停电|停電|浸水|冠水|台風"
            r"|避難(?!訓練|所の場所)|洪水",
            r"保险|保險|保険|演习|演習|训练|訓練",
        ),
    ),
    "cyrillic": (
        Danger(
            "public_danger",
            r"(?:гэрлийн шон|мод|шон|утас)\S* (?:\S+ )?(?:унасан|унаж|тасарсан|хазайсан)"
            r"|худгийн таг",
            "",
        ),
        Danger(
            "ground",
            r"зам\S* (?:\S+ )?(?:нурсан|цөмөрсөн|хагарсан|суусан)|хөрсний гулгалт"
            r"|газар (?:цөмөрсөн|суусан)",
            "",
        ),
        Danger(
            "disaster",
            r"үерт?\b|үер (?:бол|буу|уса)|усанд автсан|газар хөдл|хар салхи|нүүлгэн шилжүүл"
            r"|цахилгаан тасарсан|тог тасарсан",
            r"даатгал",
        ),
    ),
}
