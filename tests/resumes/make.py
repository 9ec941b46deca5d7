"""Write the résumés of invented people in six formats and many layouts into files/.

people/*.json say, by hand, who the people are and what a reader should find; this script only lays
that out. Run it from the project's root after a change: `python tests/resumes/make.py`.
"""

import csv
import io
import json
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
PEOPLE, FILES = HERE / "people", HERE / "files"
FIXED = (2026, 1, 1, 0, 0, 0)  # so that files do not change from run to run

SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
LONG = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
GERMAN = {
    "English": "Englisch", "German": "Deutsch", "Danish": "Dänisch",
}  # fmt: skip


def month(text, style):
    """Write 2019-01 as `style` does."""
    year, _, number = text.partition("-")
    if style == "year" or not number:
        return year
    n = int(number)
    return {
        "mon": f"{SHORT[n - 1]} {year}",
        "long": f"{LONG[n - 1]} {year}",
        "num": f"{n:02d}/{year}",
        "de": f"{n:02d}/{year}",
        "iso": text,
    }[style]


def period(role, style):
    """Write a role's period as `style` does."""
    start = month(role["start"], style)
    if role["end"] is None:
        return {
            "mon": f"{start} – Present",
            "long": f"{start} to present",
            "num": f"{start} - now",
            "de": f"seit {start}",
            "year": f"{start} to date",
            "iso": f"{start} – ",
        }[style]
    end = month(role["end"], style)
    joiner = {"mon": " – ", "long": " to ", "num": "-", "de": " – ", "year": " - ", "iso": " – "}
    return f"{start}{joiner[style]}{end}"


def head(person):
    who = person["personal"]
    return [
        who["name"],
        who["address"],
        f"{who['email']} | {who['phone']}",
        f"Date of birth: {who['born']} | Nationality: {who['nationality']} | "
        f"Marital status: {who['marital']}",
    ]


def certificate(entry, style):
    return f"{entry['name']}, {month(entry['date'], style)}"


# --- plain text ---------------------------------------------------------------------------------


def text_one_line(person):
    style = person["dates"]
    out = [*head(person), "", "PROFILE", person["summary"], "", "EMPLOYMENT HISTORY", ""]
    for role in person["roles"]:
        out.append(f"{role['title']}, {role['employer']}, {role['town']}, {period(role, style)}")
        out += [*(wrapped("- ", b) for b in role["bullets"]), ""]
    out += ["EDUCATION", *(f"{e['qualification']}, {e['institution']}, {e['year']}"
                           for e in person["education"])]  # fmt: skip
    out += ["", "SKILLS", ", ".join(person["skills"]), "", "CERTIFICATIONS"]
    out += [certificate(c, style) for c in person["certificates"]]
    out += ["", "LANGUAGES", ", ".join(f"{x['language']} ({x['as']})" for x in person["languages"])]
    out += ["", "REFERENCES", "Dr Algernon Plume, Quillon Foods, algernon@example.org"]
    return "\n".join(out) + "\n"


def wrapped(mark, text, width=78):
    """One bullet, broken at `width` with its lines indented."""
    words, lines = text.split(), [mark]
    for word in words:
        if len(lines[-1]) + len(word) > width:
            lines.append(" " * len(mark))
        lines[-1] += word + " "
    return "\n".join(line.rstrip() for line in lines)


def text_two_lines(person):
    style = person["dates"]
    out = [f"Curriculum Vitae of {person['personal']['name']}", *head(person)[1:], ""]
    out += ["Summary:", person["summary"], "", "Career history", "--------------", ""]
    for role in person["roles"]:
        out.append(f"{role['employer'] + ', ' + role['town']:<50}{period(role, style)}")
        out += [role["title"], *(wrapped("* ", b) for b in role["bullets"]), ""]
    out += ["Key skills", "----------", *(f"* {skill}" for skill in person["skills"]), ""]
    out += ["Professional qualifications", "---------------------------"]
    out += [f"{month(c['date'], style)}  {c['name']} (APMG)" for c in person["certificates"]]
    out += ["", "Education", "---------"]
    out += [f"{e['qualification']} - {e['institution']} ({e['year']})" for e in person["education"]]
    out += [
        "",
        "Languages: " + "; ".join(f"{x['language']} {x['as']}" for x in person["languages"]),
    ]
    return "\n".join(out) + "\n"


def text_german(person):
    who, style = person["personal"], person["dates"]
    out = ["LEBENSLAUF", "", "Persönliche Daten", f"Name: {who['name']}"]
    out += [f"Anschrift: {who['address']}", f"Telefon: {who['phone']}", f"E-Mail: {who['email']}"]
    out += [f"Geburtsdatum: {who['born']}", f"Staatsangehörigkeit: {who['nationality']}"]
    out += [f"Familienstand: {who['marital']}", "", "Berufserfahrung", ""]
    for role in person["roles"]:
        out.append(f"{period(role, style):<22}{role['title']}")
        out.append(f"{'':<22}{role['employer']}, {role['town']}")
        out += [*(wrapped("- ", b) for b in role["bullets"]), ""]
    out += ["Ausbildung", ""]
    out += [f"{e['year']}    {e['qualification']}, {e['institution']}" for e in person["education"]]
    out += ["", "Kenntnisse", ", ".join(person["skills"]), "", "Zertifikate"]
    out += [f"- {certificate(c, style)}" for c in person["certificates"]]
    out += ["", "Sprachen"]
    out += [f"{GERMAN.get(x['language'], x['language'])}: {x['as']}" for x in person["languages"]]
    return "\n".join(out) + "\n"


# --- Markdown -----------------------------------------------------------------------------------


def markdown_headings(person):
    style = person["dates"]
    out = [f"# {person['personal']['name']}", "", "  \n".join(head(person)[1:]), ""]
    out += ["## About", "", person["summary"], "", "## Experience", ""]
    for role in person["roles"]:
        out += [
            f"### {role['title']} — {role['employer']}",
            f"*{period(role, style)}*, {role['town']}",
            "",
        ]
        out += [*(f"- {b}" for b in role["bullets"]), ""]
    out += [
        "## Skills",
        "",
        *(f"- {skill}" for skill in person["skills"]),
        "",
        "## Certifications",
        "",
    ]
    out += [f"- {certificate(c, style)}" for c in person["certificates"]]
    out += ["", "## Education", ""]
    out += [
        f"**{e['qualification']}**, {e['institution']}, {e['year']}" for e in person["education"]
    ]
    out += ["", "## Languages", "", *(f"- {x['language']}: {x['as']}" for x in person["languages"])]
    out += ["", "## Hobbies", "", "Bell ringing"]
    return "\n".join(out) + "\n"


def markdown_bold(person):
    style = person["dates"]
    out = [f"# {person['personal']['name']}", "", *head(person)[1:], ""]
    out += ["## Work experience", ""]
    for role in person["roles"]:
        out += [f"**{role['title']}**, {role['employer']} ({period(role, style)})", ""]
        out += [*(f"* {b}" for b in role["bullets"]), ""]
    out += ["## Education", ""]
    out += [f"{e['qualification']}, {e['institution']} ({e['year']})" for e in person["education"]]
    out += ["", "## Skills", "", "**Methods and tools:** " + ", ".join(person["skills"]), ""]
    out += ["## Licenses & certifications", ""]
    out += [f"* {c['name']} — {month(c['date'], style)}" for c in person["certificates"]]
    out += ["", "## Languages", ""]
    out += [", ".join(f"{x['language']} ({x['as']})" for x in person["languages"])]
    return "\n".join(out) + "\n"


def markdown_table(person):
    style = person["dates"]
    out = [f"{person['personal']['name']}\n{'=' * 20}", "", " | ".join(head(person)[1:]), ""]
    out += ["## Experience", ""]
    for role in person["roles"]:
        out += ["| When | What |", "| --- | --- |"]
        out += [f"| {period(role, style)} | {role['title']}, {role['employer']} |", ""]
        out += [*(f"- {b}" for b in role["bullets"]), ""]
    out += ["## Skills", "", "| Area | Level |", "|---|---|"]
    out += [f"| {skill} | expert |" for skill in person["skills"]]
    out += [
        "",
        "## Certificates",
        "",
        *(f"- {certificate(c, style)}" for c in person["certificates"]),
    ]
    out += ["", "## Education", ""]
    out += [f"- {e['qualification']}, {e['institution']}, {e['year']}" for e in person["education"]]
    out += [
        "",
        "## Languages",
        "",
        *(f"- {x['language']} – {x['as']}" for x in person["languages"]),
    ]
    return "\n".join(out) + "\n"


# --- JSON Resume --------------------------------------------------------------------------------


def json_resume(person):
    who, layout = person["personal"], person["layout"]
    employer = "company" if layout == "old_keys" else "name"
    work = [
        {
            employer: r["employer"],
            "position": r["title"],
            "startDate": f"{r['start']}-01",
            **({"endDate": f"{r['end']}-28"} if r["end"] else {}),
            "highlights": r["bullets"],
        }
        for r in person["roles"]
    ]
    data = {
        "basics": {
            "name": who["name"],
            "email": who["email"],
            "phone": who["phone"],
            "image": "me.jpg",
            "birthDate": who["born"],
            "summary": f"{who['name']}, {who['marital']}, {who['nationality']}",
            "location": {"address": who["address"]},
        },
        "work": work,
        "education": [
            {
                "institution": e["institution"],
                "studyType": e["qualification"],
                "endDate": str(e["year"]),
            }
            for e in person["education"]
        ],
        "skills": [{"name": "Methods and tools", "keywords": list(person["skills"])}],
        "certificates": [
            {"name": c["name"], "date": f"{c['date']}-01"} for c in person["certificates"]
        ],
        "languages": [{"language": x["language"], "fluency": x["as"]} for x in person["languages"]],
        "references": [{"name": "Dr Algernon Plume", "reference": "A joy to work with."}],
    }
    if layout == "untidy":
        data["skills"] = list(person["skills"])
        data["work"].append(None)
        data["work"][0]["summary"] = "\n".join(data["work"][0].pop("highlights"))
        data["interests"] = 7
        data["$schema"] = "https://example.org/schema.json"
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


# --- LinkedIn -----------------------------------------------------------------------------------


def linkedin(person, path):
    who, style = person["personal"], person["dates"]
    first, last = who["name"].rsplit(" ", 1)
    folder = "Complete_LinkedInDataExport/" if person["layout"] == "folder" else ""
    tables = {
        "Profile.csv": [
            ["First Name", "Last Name", "Address", "Birth Date", "Headline", "Summary"],
            [first, last, who["address"], who["born"], "", person["summary"]],
        ],
        "Email Addresses.csv": [["Email Address"], [who["email"]]],
        "PhoneNumbers.csv": [["Number"], [who["phone"]]],
        "messages.csv": [["FROM", "CONTENT"], [who["name"], "Dear colleague"]],
        "Positions.csv": [
            ["Company Name", "Title", "Description", "Location", "Started On", "Finished On"],
            *(
                [r["employer"], r["title"], "\n".join(f"• {b}" for b in r["bullets"]), r["town"],
                 month(r["start"], style), month(r["end"], style) if r["end"] else ""]
                for r in person["roles"]
            ),
        ],
        "Education.csv": [
            ["School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"],
            *([e["institution"], "", str(e["year"]), "", e["qualification"], ""]
              for e in person["education"]),
        ],
        "Skills.csv": [["Name"], *([skill] for skill in person["skills"])],
        "Certifications.csv": [
            ["Name", "Url", "Authority", "Started On", "Finished On", "License Number"],
            *([c["name"], "", "APMG", month(c["date"], style), "", "A-1234567"]
              for c in person["certificates"]),
        ],
        "Languages.csv": [
            ["Name", "Proficiency"], *([x["language"], x["as"]] for x in person["languages"])
        ],
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            archive.writestr(zipfile.ZipInfo(folder + name, FIXED), text.getvalue())


# --- Word ---------------------------------------------------------------------------------------


def docx_headings(person, document):
    style = person["dates"]
    document.sections[0].header.paragraphs[0].text = f"{person['personal']['name']} – résumé"
    document.add_heading(person["personal"]["name"], 0)
    for line in head(person)[1:]:
        document.add_paragraph(line)
    document.add_heading("Profile", 1)
    document.add_paragraph(person["summary"])
    document.add_heading("Experience", 1)
    for role in person["roles"]:
        document.add_heading(f"{role['title']}, {role['employer']}", 2)
        document.add_paragraph(f"{period(role, style)}, {role['town']}")
        for bullet in role["bullets"]:
            document.add_paragraph(bullet, style="List Bullet")
    docx_rest(person, document, lambda text: document.add_heading(text, 1))


def docx_table(person, document):
    style = person["dates"]
    for line in head(person):
        document.add_paragraph(line)
    document.add_paragraph().add_run("EXPERIENCE").bold = True
    table = document.add_table(rows=0, cols=2)
    for role in person["roles"]:
        left, right = table.add_row().cells
        left.text = period(role, style)
        right.text = role["title"]
        right.add_paragraph(f"{role['employer']}, {role['town']}")
        for bullet in role["bullets"]:
            right.add_paragraph(bullet, style="List Bullet")

    def heading(text):
        document.add_paragraph().add_run(text.upper()).bold = True

    docx_rest(person, document, heading)


def docx_sidebar(person, document):
    style = person["dates"]
    document.add_paragraph(person["personal"]["name"])
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.text = "Contact"
    for line in head(person)[1:]:
        left.add_paragraph(line)
    for title, items in (
        ("Skills", person["skills"]),
        ("Languages", [f"{x['language']} – {x['as']}" for x in person["languages"]]),
        ("Certificates", [certificate(c, style) for c in person["certificates"]]),
    ):
        left.add_paragraph("")
        left.add_paragraph(title)
        for item in items:
            left.add_paragraph(item, style="List Bullet")
    right.text = "Work Experience"
    for role in person["roles"]:
        right.add_paragraph(role["title"])
        right.add_paragraph(f"{role['employer']} | {role['town']} | {period(role, style)}")
        for bullet in role["bullets"]:
            right.add_paragraph(bullet, style="List Bullet")
    right.add_paragraph("Education")
    for entry in person["education"]:
        right.add_paragraph(f"{entry['qualification']}, {entry['institution']}, {entry['year']}")


def docx_tabs(person, document):
    style = person["dates"]
    for line in head(person):
        document.add_paragraph(line)

    def heading(text):
        document.add_paragraph("")
        document.add_paragraph().add_run(text.upper()).bold = True

    heading("Professional experience")
    for role in person["roles"]:
        document.add_paragraph(f"{role['employer']}\t{role['town']}")
        document.add_paragraph(f"{role['title']}\t{period(role, style)}")
        for bullet in role["bullets"]:
            document.add_paragraph(f"• {bullet}")
        document.add_paragraph("")
    docx_rest(person, document, heading)


def docx_rest(person, document, heading):
    style = person["dates"]
    heading("Education")
    for entry in person["education"]:
        document.add_paragraph(f"{entry['qualification']}, {entry['institution']}, {entry['year']}")
    heading("Skills")
    document.add_paragraph(" • ".join(person["skills"]))
    heading("Certifications")
    for entry in person["certificates"]:
        document.add_paragraph(certificate(entry, style))
    heading("Languages")
    document.add_paragraph(", ".join(f"{x['language']} ({x['as']})" for x in person["languages"]))


# --- PDF ----------------------------------------------------------------------------------------


def pdf_bullets(person, path):
    """ReportLab's flowing layout."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate

    looks, style = getSampleStyleSheet(), person["dates"]
    flow = [Paragraph(person["personal"]["name"], looks["Title"])]
    flow += [Paragraph(line, looks["Normal"]) for line in head(person)[1:]]
    flow += [Paragraph("Profile", looks["Heading2"]), Paragraph(person["summary"], looks["Normal"])]
    flow.append(Paragraph("Professional Experience", looks["Heading2"]))
    for role in person["roles"]:
        flow.append(
            Paragraph(
                f"<b>{role['title']}</b> | {role['employer']} | {role['town']}", looks["Normal"]
            )
        )
        flow.append(Paragraph(f"<i>{period(role, style)}</i>", looks["Normal"]))
        bullets = [Paragraph(b, looks["Normal"]) for b in role["bullets"]]
        flow.append(ListFlowable(bullets, bulletType="bullet", start="•"))
    for title, lines in small_sections(person):
        flow.append(Paragraph(title, looks["Heading2"]))
        flow += [Paragraph(line, looks["Normal"]) for line in lines]
    SimpleDocTemplate(str(path), invariant=1).build(flow)


def pdf_sidebar(person, path):
    """ReportLab's canvas: a narrow left column beside a wide one, drawn line by line."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    style = person["dates"]
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica-Bold", 22)
    canvas.drawString(50, 780, person["personal"]["name"])

    def column(x, width, lines):
        y = 740
        for text, font, size, space in lines:
            for part in simpleSplit(text, font, size, width):
                canvas.setFont(font, size)
                canvas.drawString(x, y, part)
                y -= size * 1.3
            y -= space

    def heading(text):
        return (text.upper(), "Helvetica-Bold", 12, 4)

    def plain(text, space=2):
        return (text, "Helvetica", 9.5, space)

    left = [heading("Contact"), *(plain(line) for line in head(person)[1:])]
    left += [plain(" ", 6), heading("Skills"), *(plain(skill) for skill in person["skills"])]
    left += [plain(" ", 6), heading("Languages")]
    left += [plain(f"{x['language']} ({x['as']})") for x in person["languages"]]
    left += [plain(" ", 6), heading("Certificates")]
    left += [plain(certificate(c, style)) for c in person["certificates"]]
    right = [heading("Experience")]
    for role in person["roles"]:
        right.append((role["title"], "Helvetica-Bold", 10, 0))
        right.append(plain(f"{role['employer']}, {role['town']}", 0))
        right.append(plain(period(role, style)))
        right += [plain(f"• {b}") for b in role["bullets"]]
        right.append(plain(" ", 4))
    right.append(heading("Education"))
    right += [
        plain(f"{e['qualification']}, {e['institution']}, {e['year']}") for e in person["education"]
    ]
    column(50, 150, left)
    column(230, 320, right)
    canvas.save()


def fpdf_document():
    from datetime import UTC, datetime

    from fpdf import FPDF

    class Document(FPDF):
        running = None

        def header(self):
            if self.running:
                self.set_font("Times", size=8)
                self.cell(0, 5, self.running, new_x="LMARGIN", new_y="NEXT")
                self.ln(4)

        def footer(self):
            if self.running:
                self.set_y(-15)
                self.set_font("Times", size=8)
                self.cell(0, 5, f"Page {self.page_no()}")

    document = Document()
    document.set_creation_date(datetime(2026, 1, 1, tzinfo=UTC))
    return document


def pdf_table(person, path):
    """fpdf2: dates in a left column of a table, everything else beside them."""
    document, style = fpdf_document(), person["dates"]
    document.add_page()
    document.set_font("Helvetica", "B", 18)
    document.cell(0, 10, person["personal"]["name"], new_x="LMARGIN", new_y="NEXT")
    document.set_font("Helvetica", size=10)
    for line in head(person)[1:]:
        document.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")

    def heading(text):
        document.ln(4)
        document.set_font("Helvetica", "B", 13)
        document.cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")
        document.set_font("Helvetica", size=10)

    def row(left, right):
        document.cell(40, 6, left)
        document.multi_cell(140, 6, right, new_x="LMARGIN", new_y="NEXT")

    heading("Work experience")
    for role in person["roles"]:
        row(period(role, style), role["title"])
        row("", f"{role['employer']}, {role['town']}")
        for bullet in role["bullets"]:
            row("", f"- {bullet}")
        document.ln(2)
    for title, lines in small_sections(person):
        heading(title)
        for line in lines:
            row("", line)
    document.output(str(path))


def pdf_headers(person, path):
    """fpdf2: a running header with the name, dates at the right edge, more than one page."""
    document, style = fpdf_document(), person["dates"]
    document.running = f"{person['personal']['name']} - {person['personal']['email']}"
    document.add_page()
    document.set_font("Times", "B", 20)
    document.cell(0, 10, person["personal"]["name"], align="C", new_x="LMARGIN", new_y="NEXT")
    document.set_font("Times", size=11)
    for line in head(person)[1:]:
        document.cell(0, 6, line, align="C", new_x="LMARGIN", new_y="NEXT")

    def heading(text):
        document.ln(4)
        document.set_font("Times", "B", 11)
        document.cell(0, 8, text.upper(), new_x="LMARGIN", new_y="NEXT")
        document.set_font("Times", size=11)

    heading("Employment")
    for n, role in enumerate(person["roles"]):
        if n == 2:
            document.add_page()
        document.cell(110, 6, f"{role['title']}, {role['employer']}")
        document.cell(0, 6, period(role, style), align="R", new_x="LMARGIN", new_y="NEXT")
        for bullet in role["bullets"]:
            document.multi_cell(0, 6, f"- {bullet}", new_x="LMARGIN", new_y="NEXT")
        document.ln(3)
    for title, lines in small_sections(person):
        heading(title)
        for line in lines:
            document.multi_cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    document.output(str(path))


def small_sections(person):
    style = person["dates"]
    return [
        ("Skills", [", ".join(person["skills"])]),
        ("Certifications", [certificate(c, style) for c in person["certificates"]]),
        ("Education", [f"{e['qualification']}, {e['institution']}, {e['year']}"
                       for e in person["education"]]),
        ("Languages", [", ".join(f"{x['language']} ({x['as']})" for x in person["languages"])]),
    ]  # fmt: skip


# --- all ----------------------------------------------------------------------------------------

TEXTS = {
    "text_one_line": text_one_line,
    "text_two_lines": text_two_lines,
    "text_german": text_german,
    "markdown_headings": markdown_headings,
    "markdown_bold": markdown_bold,
    "markdown_table": markdown_table,
}
ENDINGS = {
    "text": ".txt", "markdown": ".md", "json": ".json", "linkedin": ".zip", "docx": ".docx",
    "pdf": ".pdf",
}  # fmt: skip


LAYOUTS = (*TEXTS, "json_plain", "json_old_keys", "json_untidy", "linkedin_plain",
           "linkedin_folder", "docx_headings", "docx_table", "docx_sidebar", "docx_tabs",
           "pdf_bullets", "pdf_sidebar", "pdf_table", "pdf_headers")  # fmt: skip


def path_of(person, folder=FILES):
    """Where one person's file is."""
    return folder / f"{person['id']}{ENDINGS[person['id'].split('_')[0]]}"


def people():
    """All invented people, in the order of their files."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(PEOPLE.glob("*.json"))]


def make(person, layout, path):
    """Write one person's file in one of LAYOUTS."""
    kind, _, look = layout.partition("_")
    if layout in TEXTS:
        path.write_text(TEXTS[layout](person), encoding="utf-8")
    elif kind == "json":
        path.write_text(json_resume({**person, "layout": look}), encoding="utf-8")
    elif kind == "linkedin":
        linkedin({**person, "layout": look}, path)
    elif kind == "docx":
        import docx

        document = docx.Document()
        globals()[layout](person, document)
        written = io.BytesIO()
        document.save(written)
        with zipfile.ZipFile(written) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                new.writestr(zipfile.ZipInfo(name, FIXED), old.read(name), zipfile.ZIP_DEFLATED)
    else:
        globals()[layout](person, path)


if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    for each in people():
        make(each, each["id"].replace("linkedin_long", "linkedin_plain"), path_of(each))
    sys.stdout.write(f"{len(people())} files in {FILES}\n")
