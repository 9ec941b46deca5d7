"""E-mail addresses and telephone numbers go; every other number stays."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.contacts import redact, redact_fields, redact_payload

EMAILS = [
    "jo@example.org",
    "jo.van-der+pm@mail.example.co.uk",
    "JO.O'NEIL@EXAMPLE.COM",
    "jo@exämple.de",
    "jo&#64;example.org",
    "jo&#x40;example.org",
    "jo%40example.org",
    "jo (at) example.org",
    "jo [at] example [dot] org",
    "jo(at)example(dot)com",
    "jo{at}example.io",
    "jo at example dot com",
    "jo.bloggs at jobs dot example dot co",
    "jo AT example DOT org",
]

PHONES = [
    "+44 20 7946 0958",
    "+44 (0)20 7946 0958",
    "(+44) 20 7946 0958",
    "+442079460958",
    "+1 (555) 223-4567",
    "+1-555-223-4567",
    "+49 30 123456-78",
    "+49 (0)30 / 1234 5678",
    "+46 8 123 45 67",
    "+33 6 12 34 56 78",
    "+48 601 234 567",
    "+91-98765-43210",
    "+44\u00a020\u00a07946\u00a00958",
    "+44&nbsp;20&nbsp;7946&nbsp;0958",
    "0049 30 1234567",
    "(555) 223-4567",
    "(555)223-4567",
    "555-223-4567",
    "555.223.4567",
    "555 223 4567",
    "1-800-555-0199",
    "555-223-4567 ext. 12",
    "555–223–4567",
    "020 7946 0958",
    "(020) 7946 0958",
    "0161 496 0000",
    "01632 960 001",
    "07700 900123",
    "07700900123",
    "02079460958",
    "030 123456-78",
    "0151 / 23456789",
    "089/12345678",
    "070-123 45 67",
    "06 12 34 56 78",
    "06.12.34.56.78",
]

LABELLED = [
    ("Phone: 12 34 56 78", "Phone: [phone]"),
    ("Tlf. 12 34 56 78", "Tlf. [phone]"),
    ("Telefon: 030 12345", "Telefon: [phone]"),
    ("call 5552234567", "call [phone]"),
    ("Tel 5552234567.", "Tel [phone]."),
    ("call us on 123 4567", "call us on [phone]"),
    ("<a href='tel:+442079460958'>ring</a>", "<a href='tel:[phone]'>ring</a>"),
    ('<a href="mailto:jo@example.org?subject=PM">x</a>',
     '<a href="mailto:[e-mail]?subject=PM">x</a>'),
    ("[a](mailto:jo@example.org).", "[a](mailto:[e-mail])."),
    ("jo@example.org;al@example.org", "[e-mail];[e-mail]"),
    ("<jo@example.org>", "<[e-mail]>"),
    ("555-223-4567 / 555-987-6543", "[phone] / [phone]"),
    ("since 2021 - 020 7946 0958", "since 2021 - [phone]"),
    ("(call 020 7946 0958)", "(call [phone])"),
]  # fmt: skip

KEPT = [
    "£45,000 - £50,000 a year",
    "$120,000.00 - $150,000.00",
    "EUR 65 000 - 80 000",
    "65.000 - 80.000 €",
    "EUR 1 200 000 000",
    "€100 000 000 - 200 000 000",
    "CHF 110'000",
    "kr 1 234 567 890",
    "SEK 420 000 000 to 500 000 000 kr",
    "+50 000 000 customers",
    "1 000 000 000 parcels",
    "2019-2024",
    "2019 - 2024",
    "from 2024-05-31 to 2024-06-30",
    "2024-05-31T09:30:00+02:00",
    "01.02.2024 - 31.12.2024",
    "01/02/2024",
    "05-12-2024",
    "01.02.24 - 03.04.24",
    "09:00 - 17:30",
    "0800 - 1700",
    "08.00-16.30",
    "Job ID: 212-555-0142",
    "Req 555-223-4567",
    "requisition_id=555-223-4567",
    "REF-555-223-4567",
    "#5552234567",
    "R0012345678",
    "JR-2024-000123",
    "ISO 21500 and ISO/IEC 27001:2022",
    "ISO 9001 14001 45001",
    "192.168.100.12",
    "10.0.0.1 to 10.0.0.255",
    "https://example.org/jobs/555-223-4567?phone=02079460958",
    "https://medium.com/@acme/scaling-1234567890",
    "https://user@example.org/a",
    "www.example.org/555-223-4567",
    "/careers/555-223-4567",
    "3-5 years",
    "a team of 10 - 12 across 3 sites in 2 countries",
    "24/7 365",
    "123e4567-e89b-12d3-a456-426614174000",
    "4021777 and 5003021004",
    "logo@2x.png",
    "@acme on social media",
    "apply at example.com",
    "we work at scale dot by dot",
    "a 50 @ 60 split",
    "[e-mail] or [phone]",
    "mailto:[e-mail]",
    "tel:[phone]",
    "",
]


@pytest.mark.parametrize("address", EMAILS)
def test_addresses_are_redacted(address):
    assert redact(f"Write to {address}, please") == "Write to [e-mail], please"
    assert redact(f"<p>{address}</p>") == "<p>[e-mail]</p>"
    assert redact(address) == "[e-mail]"


@pytest.mark.parametrize("number", PHONES)
def test_telephone_numbers_are_redacted(number):
    assert redact(f"Ask Jo, {number}, or apply") == "Ask Jo, [phone], or apply"
    assert redact(f"<p>{number}</p>") == "<p>[phone]</p>"
    assert redact(number) == "[phone]"


@pytest.mark.parametrize(("text", "redacted"), LABELLED)
def test_what_surrounds_them_stays(text, redacted):
    assert redact(text) == redacted


@pytest.mark.parametrize("text", KEPT)
def test_other_numbers_and_signs_stay(text):
    assert redact(text) == text
    assert redact(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_json_keeps_keys_ids_urls_numbers_and_layout():
    body = (
        '{"id": "555-223-4567",  "jo@example.org": 4420794609580, "x": 1.50, "y": 1e400,\n'
        '"requisition_id": "020 7946 0958", "url": "https://example.org/j/555-223-4567",'
        '"text": "<a href=\\"mailto:jo@example.org\\">020 7946 0958</a> \\u00e9"}'
    )
    assert redact_payload(body) == (
        '{"id": "555-223-4567",  "jo@example.org": 4420794609580, "x": 1.50, "y": 1e400,\n'
        '"requisition_id": "020 7946 0958", "url": "https://example.org/j/555-223-4567",'
        '"text": "<a href=\\"mailto:[e-mail]\\">[phone]</a> \\u00e9"}'
    )


def test_json_escapes_hide_nothing():
    body = json.dumps({"text": "jo\u0040example.org +44\u00a020\u00a07946\u00a00958"})
    body = body.replace("@", "\\u0040")
    assert json.loads(redact_payload(body)) == {"text": "[e-mail] [phone]"}


def test_phone_fields_are_redacted_whole():
    body = '{"contact": {"phone": "5552234567", "telephone": ["12345678", ""], "mobile": "n/a"}}'
    assert redact_payload(body) == (
        '{"contact": {"phone": "[phone]", "telephone": ["[phone]", ""], "mobile": "n/a"}}'
    )


def test_json_in_a_page_stays_valid():
    ad = '{"telephone": 442079460958, "phone": "+44 20 7946 0958", "n": 5552234567}'
    page = f"<html><script type='application/ld+json'>{ad}</script></html>"
    script = redact_payload(page).partition("json'>")[2].partition("</script>")[0]
    assert json.loads(script) == {
        "telephone": 442079460958, "phone": "[phone]", "n": 5552234567,
    }  # fmt: skip


def test_broken_json_is_redacted_all_the_same():
    assert redact_payload('{"text": "jo@example.org", "cut": "al@exa') == (
        '{"text": "[e-mail]", "cut": "al@exa'
    )


pieces = st.lists(
    st.sampled_from([*EMAILS, *PHONES, *KEPT, " ", "\n", "-", "(", "+", "phone", "tel:", "0", "@"]),
    max_size=8,
)


@given(pieces.map("".join) | st.text())
def test_redacting_twice_changes_nothing_more(text):
    once = redact(text)
    assert redact(once) == once


values = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False) | st.text() | pieces.map(" ".join),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), values), st.booleans())
def test_valid_json_stays_valid_with_the_same_keys_and_numbers(ad, ascii_only):
    def shape(value):
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [shape(inner) for inner in value]
        return "" if isinstance(value, str) else value

    redacted = json.loads(redact_payload(json.dumps(ad, ensure_ascii=ascii_only)))
    assert shape(redacted) == shape(ad)


words = pieces.map(" ".join)
fields = st.recursive(
    words | st.lists(words, max_size=3) | st.none() | st.integers(),
    lambda inner: st.dictionaries(st.sampled_from(["text", "id", "phone", "notes"]), inner),
    max_leaves=8,
)


@given(fields)
def test_fields_are_redacted_as_the_json_made_of_them(value):
    written = redact_payload(json.dumps({"top": value}, ensure_ascii=False))

    assert redact_fields({"top": value}) == json.loads(written)


def test_texts_in_a_list_are_redacted_by_the_key_of_the_list():
    ad = {"phone": [{"id": "7"}, "555 0142 x"], "id": ["2125550142"]}

    assert redact_fields(ad) == {"phone": [{"id": "7"}, "[phone]"], "id": ["2125550142"]}
