"""CSV and xlsx, read by Python's csv, by openpyxl, and by LibreOffice where it is installed; lists of edges come back in."""

import csv
import shutil
import subprocess
from pathlib import Path

import openpyxl

from common.judge import HOSTILE, Judge

csv.field_size_limit(1 << 30)
judge = Judge()


def meant(cell):
    rest = cell[1:]
    bare = rest.lstrip("'")
    first = bare.lstrip()
    return rest if cell.startswith("'") and (first[:1] in tuple("=+-@＝＋－＠") or bare[:1] in "\t\r") and first else cell


for case in [*judge.cases(), judge.bare()]:
    folder = case.export("csv")
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with open(path, newline="", encoding="utf-8-sig") as file:
            rows = list(csv.reader(file, strict=True))
        assert all(len(row) == len(rows[0]) for row in rows), path.name
        assert not any(cell[:1] in tuple("=+-@") and cell for row in rows for cell in row), path.name
        tables[path.stem] = rows
    names = {row[0]: meant(row[tables["entities"][0].index("name")]) for row in tables["entities"][1:]}
    assert names == {one["id"]: one["name"] for one in case.show["entities"]}
    book_file = case.export("xlsx", ".xlsx")
    book = openpyxl.load_workbook(book_file)
    assert book.sheetnames[: len(tables)] and set(book.sheetnames) >= set(tables)
    cells = 0
    for sheet in book:
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref, sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                cells += cell.value is not None
                assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)
                assert cell.hyperlink is None
        if sheet.title in tables and sheet.title != "articles":
            rows = [["" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
            # Control characters and what a spreadsheet would take for a formula are written otherwise in CSV.
            want = [[meant(cell) for cell in row] for row in tables[sheet.title]]
            assert rows == want, sheet.title
    judge.holds(f"{case.name}: {len(tables)} tables, {cells} cells of the workbook alike, no formula")
    again = case.export("xlsx", "-again.xlsx")
    assert again.read_bytes() == book_file.read_bytes()
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office and not (Path(office).resolve().parent / "libsclo.so").exists():
        judge.holds("LibreOffice: without Calc")
    elif office:
        out = case.folder / "office"
        subprocess.run(
            [office, f"-env:UserInstallation=file://{judge.scratch}/office-profile", "--headless", "--convert-to", "ods", "--outdir", out, book_file],
            check=True, capture_output=True, timeout=120,
        )
        assert (out / "xlsx.ods").stat().st_size > 1000
        judge.holds("LibreOffice opens it")
    else:
        judge.holds("LibreOffice: not installed")

# A cell over what a spreadsheet holds is cut, and the workbook says so.
long = judge.scratch / "long.txt"
long.write_text("word " * 20_000)
case = judge.empty("long", long)
out = judge.scratch / "long.xlsx"
judge.run("export", case, "--to", "xlsx", "-o", out, "--force")
book = openpyxl.load_workbook(out)
values = [cell.value for row in book["articles"].iter_rows() for cell in row if isinstance(cell.value, str)]
assert max(map(len, values)) == 32_767 and any("cut: 100000 characters" in value or "cut: 99999" in value for value in values), max(map(len, values))
assert book["cut"].max_row == 2
judge.holds("100,000 characters are cut and said")

with open(judge.scratch / "edges.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow(["source", "target", "relation", "weight"])
    writer.writerow(["Anne, Kervel", 'The "Port"', "works for", 3])
    writer.writerow(["=1+1", "Anne, Kervel", "pays\nmonthly", 1])
show, said = judge.imported(judge.empty("for-edges"), judge.scratch / "edges.csv", "edges")
assert {one["name"] for one in show["entities"]} == {"Anne, Kervel", 'The "Port"', "=1+1"}
assert said["new"]["links"] == 2 and any("weight" in line for line in said["missed"])
judge.holds("a list of edges that Python wrote comes in")
judge.done()
