"""Job alerts and mails that people saved. All of them are invented."""

from email.message import EmailMessage

import pytest

from pmjobs.parsing.mail import ads_in_mail

LINKEDIN = "https://www.linkedin.com/comm/jobs/view/{}/?trackingId=abc&midToken=AQE"


def card(number: int, title: str, employer: str, place: str) -> str:
    link = LINKEDIN.format(number)
    return f"""<table><tr><td><a href="{link}"><img src="logo.png"></a></td>
    <td><a href="{link}">{title}</a><p>{employer} · {place}</p>
    <p>Actively recruiting</p><a href="{link}">View job</a></td></tr></table>"""


ALERT = f"""<html><body><h1>Your job alert for project manager</h1>
{card(4021001, "Project Manager", "Weir Ltd", "Leeds, England, United Kingdom (Hybrid)")}
{card(4021002, "Welder", "Bolt GmbH", "Ulm, Germany")}
<a href="https://www.linkedin.com/comm/jobs/search?keywords=pm">See all jobs</a>
<a href="https://www.linkedin.com/comm/psettings/email-unsubscribe?x=1">Unsubscribe</a>
</body></html>"""

PLAIN = """Your job alert

Programme Lead
Weir Ltd
Leeds, England, United Kingdom

View job: https://www.linkedin.com/comm/jobs/view/4021003/?trackingId=x

-----------------------------------------
PMO Analyst at Bolt: https://bolt.example/jobs/77?utm_source=mail
-----------------------------------------
See more: https://www.linkedin.com/comm/jobs/search
"""


def mail(html: str | None = None, text: str | None = None, subject: str = "Alert") -> bytes:
    message = EmailMessage()
    message["From"] = "alerts@example.org"
    message["Subject"] = subject
    message.set_content(text or "See the HTML part.")
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def told(ads):
    return [
        (ad["title"], ad.get("hiringOrganization"), ad.get("jobLocation"), ad.get("url"))
        for ad in ads
    ]


def test_an_alert_holds_several_ads_each_once():
    assert told(ads_in_mail(mail(ALERT))) == [
        (
            "Project Manager",
            "Weir Ltd",
            "Leeds, England, United Kingdom (Hybrid)",
            "https://www.linkedin.com/jobs/view/4021001",
        ),
        ("Welder", "Bolt GmbH", "Ulm, Germany", "https://www.linkedin.com/jobs/view/4021002"),
    ]


def test_the_plain_part_is_read_where_there_is_no_html():
    assert told(ads_in_mail(mail(text=PLAIN))) == [
        (
            "Programme Lead",
            "Weir Ltd",
            "Leeds, England, United Kingdom",
            "https://www.linkedin.com/jobs/view/4021003",
        ),
        ("PMO Analyst at Bolt", None, None, "https://bolt.example/jobs/77"),
    ]


def test_an_indeed_alert_with_lines_beneath_the_title_is_read():
    link = "https://uk.indeed.com/rc/clk/dl?jk=0123456789abcdef&amp;from=ja"
    html = f"""<div><a href="{link}"><b>Transformation Manager</b></a><br>Weir Ltd<br>
    Leeds, England, United Kingdom<br>£60,000 a year<br><p>You lead programmes.</p></div>"""
    assert told(ads_in_mail(mail(html))) == [
        (
            "Transformation Manager",
            "Weir Ltd",
            "Leeds, England, United Kingdom",
            "https://uk.indeed.com/viewjob?jk=0123456789abcdef",
        )
    ]


def test_links_of_unknown_senders_count_if_their_words_name_project_work():
    html = """<a href="https://t.example/c?url=https%3A%2F%2Fweir.example%2Fj%2F1">PMO Lead</a>
    <a href="https://t.example/c?url=https%3A%2F%2Fweir.example%2Fshop">Our shop</a>"""
    assert told(ads_in_mail(mail(html))) == [("PMO Lead", None, None, "https://weir.example/j/1")]


def test_a_forwarded_alert_is_read_inside_the_mail():
    inner = EmailMessage()
    inner["Subject"] = "Alert"
    inner.set_content("x")
    inner.add_alternative(ALERT, subtype="html")
    outer = EmailMessage()
    outer["Subject"] = "Fwd: Alert"
    outer.set_content("look at this")
    outer.add_attachment(inner)
    assert [ad["title"] for ad in ads_in_mail(outer.as_bytes())] == ["Project Manager", "Welder"]


def test_a_recruiters_mail_is_the_ad_itself_if_its_subject_names_the_work():
    text = "We look for somebody who plans three harbours and their budgets.\n" * 8
    [ad] = ads_in_mail(mail(text=text, subject="Re: FW: Interim Programme Manager, Leeds"))
    assert ad["title"] == "Interim Programme Manager, Leeds"
    assert "three harbours" in ad["description"]
    assert ads_in_mail(mail(text=text, subject="Hello again")) == []
    assert ads_in_mail(mail(text="Call me.", subject="Programme Manager")) == []


def test_other_character_sets_are_read():
    message = EmailMessage()
    message["Subject"] = "Neu"
    html = f'<a href="{LINKEDIN.format(4021009)}">Projektleiter für Schächte</a>'
    message.set_content(html, subtype="html", charset="iso-8859-15")
    assert [ad["title"] for ad in ads_in_mail(message.as_bytes())] == ["Projektleiter für Schächte"]
    broken = message.as_bytes().replace(b"iso-8859-15", b"x-no-such-set")
    assert [ad["title"] for ad in ads_in_mail(broken)] == ["Projektleiter für Schächte"]


def test_a_page_saved_as_one_file_is_read_with_its_address():
    html = f"<h1>Project Manager</h1><p>{'You plan the works. ' * 20}</p>"
    raw = (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://weir.example/j/7?utm_id=1\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n"
        b"--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode() + b"\r\n--B--\r\n"
    )
    [ad] = ads_in_mail(raw)
    assert (ad["title"], ad["url"]) == ("Project Manager", "https://weir.example/j/7")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 5000,
        b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"Subject: =?utf-8?b?////?=\n\n" + b"https://" * 20_000,
        b"Content-Type: text/html\n\n" + b"<a href='https://x.example/1'>PM" * 3000,
    ],
)
def test_broken_and_hostile_mails_end_soon(raw):
    assert isinstance(ads_in_mail(raw), list)
