"""Services out of files: HSDS JSON, tabular packages and spreadsheets, and the command that imports them."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from chassis.cli import main
from services.referral.domain.directory import Record, SourceKind
from services.referral.hsds import files, reading
from services.referral.hsds.files import Unreadable

SAMPLE = Path(__file__).parents[2] / "services" / "referral" / "sample" / "services.json"
SPEC = Path(__file__).parents[1] / "fixtures" / "hsds"


def records(path: Path) -> list[Record]:
    return list(files.records(path, files.kind_of(path)))


def read(record: Record) -> Any:
    reading.digest(record)
    return reading.read("test", record)


def faults(record: Record) -> list[tuple[str, str]]:
    with pytest.raises(reading.Refused) as refused:
        read(record)
    return [(fault.path, fault.message) for fault in refused.value.faults]


def test_the_sample_holds_to_the_profile() -> None:
    found = [read(record) for record in records(SAMPLE)]
    assert len(found) == 20
    assert all(one.areas and one.terms and one.assured_at for one in found)
    assert sum(one.kind == "legal" for one in found) == 2


@pytest.mark.parametrize("wrap", ["single", "list", "page", "pages"])
def test_json_comes_in_every_form_that_there_is(tmp_path: Path, wrap: str) -> None:
    one = json.loads((SPEC / "service_full.json").read_text())
    page = {"total_items": 1, "contents": [one]}
    file = tmp_path / "services.json"
    file.write_text(json.dumps({"single": one, "list": [one], "page": page, "pages": [page]}[wrap]))
    (record,) = records(file)
    found = read(record)
    assert (record.key, record.place) == (one["id"], "services.json service 1")
    assert (found.service.document["name"], found.ages) == ("Community Counselling", (12, 100))
    assert len(found.places) == 1
    assert "Ann Persona" not in json.dumps([found.service.document, found.organization.document])


def packed(tmp_path: Path, how: str, **changed: str) -> Path:
    folder = tmp_path / "package"
    shutil.copytree(SPEC / "tabular", folder)
    for name, content in changed.items():
        (folder / f"{name}.csv").write_text(content)
    if how == "folder":
        return folder
    if how == "described":
        (folder / "services.csv").rename(folder / "what_we_do.csv")
        resources = [{"name": "service", "path": "data/what_we_do.csv"}]
        (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    with zipfile.ZipFile(tmp_path / "package.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, f"hsds/{file.name}")
    return tmp_path / "package.zip"


@pytest.mark.parametrize("how", ["folder", "zip", "described"])
def test_a_package_of_tables_is_put_together(tmp_path: Path, how: str) -> None:
    service, *orphans = records(packed(tmp_path, how))
    found = read(service)
    assert found.organization.document["name"] == "Example Organization Inc."
    (place,) = found.places
    assert place.location.document["addresses"][0]["city"] == "MyCity"
    assert place.document["phones"][0]["extension"] == 100
    assert found.service.document["phones"][0]["languages"][0]["code"] == "ur"
    assert found.service.document["schedules"][0]["byday"] == "TH,FR"
    assert [orphan.key for orphan in orphans] == ["attributes.csv row 2"], "the example's attribute hangs on nothing"
    assert faults(orphans[0]) == [("", "belongs to nothing in the package")]


def test_a_row_that_is_wrong_is_named(tmp_path: Path) -> None:
    services = "id,organization_id,name,status,minimum_age\n,gone,가,active,\n{},{},나,active,열\n".format(
        "ac148810-d857-441c-9679-408f346de14b", "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
    )
    first, second, *_ = records(packed(tmp_path, "zip", services=services))
    assert (first.place, faults(first)) == ("services.csv row 2", [("/organization", "is required")])
    assert (second.place, faults(second)) == (
        "services.csv row 3",
        [("/minimum_age", 'the value is not of type "number"')],
    )


HEADINGS = [
    "서비스명 *", "기관명", "지원대상", "구비서류", "전화번호", "지역", "주소", "우편번호", "운영시간", "생애주기",
    "종류", "최소나이", "확인일", "담당부서", "모르는 열",
]  # fmt: skip
ROW = [
    "무료 급식", "수원시", "65세 이상", "신분증; 수급자 증명서", "031-228-2114", "41110, 서울",
    "경기도 수원시 팔달구 효원로 241",
    "16490", "월-금 11:30-13:00; 명절 쉼", "노년", "복지", 65, "2026.04.01", "노인복지과", "x",
]  # fmt: skip


def workbook(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2026년 복지 서비스 목록"])
    for row in (HEADINGS, *rows):
        sheet.append(row)
    book.save(path)
    return path


def comma_separated(path: Path, *rows: list[Any]) -> Path:
    lines = [",".join(f'"{cell}"' for cell in row) for row in ([], HEADINGS, *rows)]
    path.write_bytes("\n".join(lines).encode("cp949"))
    return path


@pytest.mark.parametrize("write", [workbook, comma_separated])
def test_a_spreadsheet_is_read_by_its_headings(tmp_path: Path, write: Any) -> None:
    bad = [*ROW]
    bad[0], bad[4], bad[9], bad[11], bad[12] = "", "없음", "늙은이", "많음", "봄"
    path = write(tmp_path / ("s.xlsx" if write is workbook else "s.csv"), ROW, [""] * 15, bad)
    good, wrong = records(path)
    found = read(good)
    document = found.service.document
    assert (good.key, found.ages, found.kind) == ("수원시 / 무료 급식", (65, None), "welfare")
    assert [one["document"] for one in document["required_documents"]] == ["신분증", "수급자 증명서"]
    assert found.areas == {"41110", "11"}
    assert found.terms == {("life_stage", "006")}
    first, second = document["schedules"]
    assert (first["byday"], first["opens_at"], first["closes_at"]) == ("MO,TU,WE,TH,FR", "11:30", "13:00")
    assert second["description"] == "명절 쉼"
    address = found.places[0].location.document["addresses"][0]
    assert (address["city"], address["postal_code"]) == ("수원시", "16490")
    assert document["contacts"][0]["department"] == "노인복지과"
    assert wrong.place.endswith("row 5")
    assert faults(wrong) == [
        ("/서비스명", "is required"),
        ("/최소나이", "is no number"),
        ("/확인일", "is no date"),
        ("/전화", "is no telephone number"),
        ("/생애주기", "holds a word that is no term of life_stage"),
    ]


def test_a_telephone_that_lost_its_first_zero_is_not_guessed(tmp_path: Path) -> None:
    lost, short = [*ROW], [*ROW]
    lost[4], short[4] = 312282114, 129
    wrong, right = records(workbook(tmp_path / "s.xlsx", lost, short))
    assert faults(wrong) == [("/전화", "is a number that has lost its first 0: write it as text")]
    assert read(right).service.document["phones"][0]["number"] == "129"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{"),
        ("a.json", b"[NaN]"),
        ("a.json", b"[" * 100_000),
        ("a.zip", b"PK"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.csv", b"\xff\xff\xff"),
        ("a.csv", "이름,기관\n가,나\n".encode()),
        ("a.csv", b'name,organization\n"' + b"x" * 1_000_001 + b'",x\n'),
        ("a.pdf", b"%PDF"),
    ],
)
def test_what_is_no_such_file_is_said_to_be_none(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable):
        records(tmp_path / name)


def test_a_package_that_grows_too_large_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path, "zip", phones="id,number\n" + " " * 3_000_000)
    monkeypatch.setattr("services.referral.hsds.tabular.MOST_BYTES", 1_000_000)
    with pytest.raises(Unreadable, match="more than 1000000 bytes"):
        list(files.records(path, SourceKind.HSDS_TABULAR))


class TestCommand:
    @pytest.fixture(autouse=True)
    def _own_data_dir(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HUB120_DATA_DIR", str(tmp_path / "var"))

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["directory", *arguments])

    def test_a_file_is_checked_imported_and_imported_again(self, tmp_path: Path) -> None:
        services = json.loads(SAMPLE.read_text())
        file = tmp_path / "some.json"
        file.write_text(json.dumps([*services, {**services[0], "name": "또", "status": "open"}]))
        checked = self.run("import", str(file), "--source", "sample", "--check")
        assert checked.exit_code == 1
        assert "some.json service 21: /status the value is not one of" in checked.output
        assert "20 new, 0 changed, 0 unchanged, 1 refused (nothing was stored)" in checked.output
        assert "20 new, 0 changed, 0 unchanged, 1 refused" in self.run("import", str(file), "--source", "sample").output
        assert "some.json service 21: /status" in self.run("errors", "sample").output
        services[0]["description"] = "바뀜"
        file.write_text(json.dumps(services[:-1]))
        again = self.run("import", str(file), "--source", "sample")
        assert again.exit_code == 0, again.output
        assert "1 are gone from the source" in again.output
        assert "0 new, 1 changed, 18 unchanged, 0 refused" in again.output
        listed = self.run(
            "sources",
        ).output
        assert "19" in listed
        assert "hsds_json" in listed

    def test_what_cannot_be_is_said_in_a_sentence(self, tmp_path: Path) -> None:
        assert "--source" in self.run("import", str(SAMPLE), "--source", "Mine").output
        (tmp_path / "a.json").write_text("{")
        broken = self.run("import", str(tmp_path / "a.json"), "--source", "mine")
        assert (broken.exit_code, broken.output.startswith("Error: a.json is no JSON")) == (1, True)
