"""Take people's e-mail addresses and telephone numbers out of ads before they are stored.

They become "[e-mail]" and "[phone]". Numbers that are something else stay: pay, dates, times,
ids, standards, IP addresses, and whatever stands in a URL. A number is a telephone number when
it is written like one of the forms below, or when a word such as "phone" stands before it.
"""

import json
import re
from functools import lru_cache
from typing import Any

EMAIL = "[e-mail]"
PHONE = "[phone]"
SHORTEST = 6  # characters of an address or a number

# What stands for "@"; a class of characters first, because that is found fastest.
_AT = re.compile(
    r"[@&%\[({<](?:(?<=@)|(?<=&)(?:\#64|\#[xX]40|commat);|(?<=%)40"
    r"|(?<=[\[({<])\s?(?:at|AT|At)\s?[\])}>])"
)
_LABEL = r"[\w-]{1,63}"
_DOT = r"(?:\.|\s?[\[({<]\s?(?:dot|DOT)\s?[\])}>]\s?|\s(?:dot|DOT)\s)"
_TLD = r"(?:com|org|net|edu|gov|io|ai|co|uk|eu|de|fr|nl|se|no|dk|fi|es|it|ch|at|be|ie|pl|ca|au|in)"
_DOMAIN = re.compile(
    rf"\s?(?:(?:{_LABEL}\.){{1,6}}(?!png|jpe?g|gif|svg|webp)[^\W\d_]{{2,24}}\b"
    rf"|{_LABEL}(?:{_DOT}{_LABEL}){{0,3}}{_DOT}{_TLD}\b)"
)
_SPOKEN = re.compile(
    rf"[\w.+-]{{1,64}}\s(?:at|AT)\s{_LABEL}(?:\s(?:dot|DOT)\s{_LABEL}){{0,3}}"
    rf"\s(?:dot|DOT)\s{_TLD}\b"
)
_MAILTO = re.compile(r"mailto:[^\s\"'<>\\?)]{0,200}?(?:@|%40|&#64;)[^\s\"'<>\\?)]{0,200}")
_TOKEN = re.compile(r"[^\s\"'<>]*$")

_SEPARATOR = r"(?:[ ().\-/\u00a0\u2009\u202f\u2010-\u2013]|&nbsp;|&\#160;)"
_GAP = rf"{_SEPARATOR}{{0,4}}"
# What is matched is never given back ("}+"): to be able to, five million figures took a gigabyte.
_DIGITS = re.compile(rf"\d(?:{_GAP}\d){{5,}}+")
_GROUP = re.compile(r"\d+")
_EXTENSION = r"(?:\s?(?:x|ext\.?|extension)\s?\d{1,5}\b)?"

_PHONE = re.compile(
    rf"""
    \(?\+\s?\(?\d(?:{_GAP}\d){{7,14}}{_EXTENSION}                   # +44 (0)20 7946 0958
    | 00\s?[1-9](?:{_GAP}\d){{7,13}}                                # 0049 30 123456
    | (?:1[ .-])?\(?[2-9]\d\d\)?[ .\-\u2010-\u2013\u00a0]{{1,2}}
      [2-9]\d\d[ .\-\u2010-\u2013\u00a0]\d{{4}}{_EXTENSION}         # (555) 123-4567
    | (?:1[ .-])?\([2-9]\d\d\)[2-9]\d\d[ .\-\u2010-\u2013]\d{{4}}{_EXTENSION}
    | \(?0[1-9]\d{{0,4}}\)?(?:{_SEPARATOR}{{1,4}}\d{{2,8}}){{1,5}}       # 020 7946 0958
    | 0[1237]\d{{9}}                                                # 07700900123
    """,
    re.VERBOSE,
)
_LABELLED = re.compile(rf"[+(]{{0,2}}\d(?:{_GAP}\d){{5,14}}{_EXTENSION}")
_PHONE_WORD = re.compile(
    r"(?:\b(?:tele)?(?:ph|f)one?n?o?|\btel[eé]fono|\bt[eé]l|\btelefoon|\bmob(?:ile?)?|\bcell|\bfax"
    r"|\btlf|\btfn|\bhandy|\bwhats ?app|\bcall|\bring|\bdial)[.:\"'>]*"
    r"(?:\s(?:us|me|on|at|number|no|nr|nummer|numero|of)){0,2}[.:]?(?:\s|&nbsp;)?[+(]{0,2}$",
    re.IGNORECASE,
)
_ID_WORD = re.compile(
    r"(?:\b|_)(?:id|ref|req|requisition|reference|job|vacancy|position|posting|isbn|vat|ein|iso"
    r"|iec|kennziffer|stellennummer|referenznummer)"
    r"(?:[\s_-]?(?:id|no|nr|code|number|nummer))?[\W_]{0,3}$",
    re.IGNORECASE,
)
_JSON_KEY = re.compile(r"\"\s*:\s*$")
_TEL_URI = re.compile(r"\btel:(?:%20)*[+(\d][\d().+\-;=/%a-z]{5,}")

_NOT_PHONES = re.compile(
    r"""
    (?: (?:19|20)\d\d[-./\s–]{1,3}(?:19|20)\d\d                     # 2019 - 2024
      | (?:19|20)\d\d[-./]\d\d?[-./]\d\d?                           # 2024-05-31
      | \d\d?[-./\s]\d\d?[-./\s](?:19|20)\d\d                       # 01.02.2024
      | \d\d[-./]\d\d[-./]\d\d(?!\S?\d)                             # 01.02.24
      | [012]\d[.:]?[0-5]\d\s?[-–]\s?[012]\d[.:]?[0-5]\d(?!\d)      # 0800 - 1700
      | \d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![.\d])                 # 192.168.0.12
      | \+?\d{1,3}(?:[ .\u00a0]000)+\b                              # +50 000 000
    )
    """,
    re.VERBOSE,
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹]|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|kr))\s?[+(]?$")
_MONEY_AFTER = re.compile(r"\s?(?:[$€£¥₹%]|(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|kr|k)\b)")

_LITERAL = re.compile(r"\"([^\"\\]*(?:\\.[^\"\\]*)*)\"(\s*:)?", re.DOTALL)
_PHONE_KEY = re.compile(r"(?:phone|mobile|fax|tel)(?:_?number|_?no)?$|^telefon", re.IGNORECASE)
_ID_KEY = re.compile(
    r"(?:^|_|[a-z])(?:[iI][dD]|uuid|guid|[cC]ode|slug|[rR]ef|[nN]umber)$|^(?:ref|req|key)"
)


def redact(text: str) -> str:
    """Return `text` with e-mail addresses as "[e-mail]" and telephone numbers as "[phone]".

    Works on plain text and on HTML or XML. Redacting twice changes nothing more.

    >>> redact("Write to jo@example.org or call +44 20 7946 0958.")
    'Write to [e-mail] or call [phone].'
    >>> redact("jo at example dot com, £45,000 - £50,000, ISO 21502, 2019-2024")
    '[e-mail], £45,000 - £50,000, ISO 21502, 2019-2024'
    """
    # Again until nothing is left: a number can begin where another one ended.
    while (redacted := _redact_once(text)) != text:
        text = redacted
    return text


def _redact_once(text: str) -> str:
    if "mailto:" in text:
        text = _MAILTO.sub(f"mailto:{EMAIL}", text)
    text = _without_addresses(text)
    if "tel:" in text:
        text = _TEL_URI.sub(f"tel:{PHONE}", text)
    return _without_phones(text) if _DIGITS.search(text) else text


def redact_payload(body: str) -> str:
    """Return an ad's body, JSON, HTML or XML, with addresses and telephone numbers redacted.

    In JSON only string values change: keys, numbers, layout and every untouched value keep
    their bytes, ids and URLs stay, and valid JSON stays valid. The value of a key such as
    "phone" is redacted whole.

    >>> redact_payload('{"id": "212-555-0142", "text": "Mail jo@example.org", "n": 1.0}')
    '{"id": "212-555-0142", "text": "Mail [e-mail]", "n": 1.0}'
    """
    if body.lstrip()[:1] not in ("{", "[", '"'):
        return redact(body)
    key = ""

    def redacted(match: re.Match[str]) -> str:
        nonlocal key
        literal, colon = match[1], match[2]
        if colon:
            key = literal
            return match[0]
        value = _redacted_value(key, literal)
        return match[0] if value is None else value

    return _LITERAL.sub(redacted, body)


def redact_fields(value: Any, key: str = "") -> Any:
    """Return a JSON value with its texts redacted as `redact_payload` does, under `key`.

    Raises RecursionError for one that is nested too deep.

    >>> redact_fields({"id": "212-555-0142", "text": "Mail jo@example.org", "n": 1.0})
    {'id': '212-555-0142', 'text': 'Mail [e-mail]', 'n': 1.0}
    """
    if isinstance(value, str):
        return _redacted_text(key, value)
    if isinstance(value, dict):
        fields = {}
        for name, part in value.items():
            fields[name] = redact_fields(part, name)
        return fields
    if isinstance(value, list):
        parts = []
        for part in value:
            parts.append(redact_fields(part, key))
        return parts
    return value


def _redacted_value(key: str, literal: str) -> str | None:
    """Return the JSON literal that replaces `literal`, or None if it can stay as it is."""
    escaped = "\\u" in literal
    if not escaped and len(literal) < SHORTEST:
        return None
    try:
        text: str = json.loads(f'"{literal}"', strict=False) if "\\" in literal else literal
    except ValueError:
        text = literal
    result = _redacted_text(key, text)
    return None if result == text else json.dumps(result, ensure_ascii=escaped)


def _redacted_text(key: str, text: str) -> str:
    if len(text) < SHORTEST:
        return text
    of_phone, of_id = _kind_of(key)
    if of_phone and len(re.findall(r"\d", text)) >= 6:
        return PHONE
    return text if of_id and not _AT.search(text) else redact(text)


@lru_cache(maxsize=1024)
def _kind_of(key: str) -> tuple[bool, bool]:
    """Tell whether a key's value is a telephone number, and whether it is an id."""
    return _PHONE_KEY.search(key) is not None, _ID_KEY.search(key) is not None


def _without_addresses(text: str) -> str:
    pieces = []
    done = 0
    for at in _AT.finditer(text):
        start, end = _address_at(text, done, at)
        if end:
            pieces += [text[done:start], EMAIL]
            done = end
    pieces.append(text[done:])
    text = "".join(pieces)
    return _SPOKEN.sub(EMAIL, text) if " dot " in text or " DOT " in text else text


def _address_at(text: str, done: int, at: re.Match[str]) -> tuple[int, int]:
    """Return where the address round an "@" starts and ends, or 0, 0."""
    start = at.start()
    if at[0][0] in "[({<" and start > done and text[start - 1] == " ":
        start -= 1
    last = start
    while start > done and last - start < 64 and _is_of_a_name(text[start - 1]):
        start -= 1
    domain = _DOMAIN.match(text, at.end())
    if start == last or not domain or (domain[0][0].isspace() and at[0] == "@"):
        return 0, 0
    return (0, 0) if _inside_url(text, start) else (start, domain.end())


def _is_of_a_name(char: str) -> bool:
    return char.isalnum() or char in "._+-'"


def _without_phones(text: str) -> str:
    pieces = []
    done = 0
    for run in _DIGITS.finditer(text):
        for group in _GROUP.finditer(text, run.start(), run.end()):
            first = group.start() == run.start()
            if group.start() < done or not (first or _may_begin(text, group)):
                continue
            start, end = _phone_at(text, group.start(), done)
            if end:
                pieces += [text[done:start], PHONE]
                done = end
    pieces.append(text[done:])
    return "".join(pieces)


def _may_begin(text: str, group: re.Match[str]) -> bool:
    """Tell cheaply whether a telephone number can begin inside a run of figures."""
    return group[0][0] == "0" or len(group[0]) >= 3 or text[group.start() - 1] in "+("


def _phone_at(text: str, digit: int, done: int) -> tuple[int, int]:
    """Return where the telephone number starts and ends whose first digit is at `digit`, or 0, 0.

    "(", "+" and "(+" before the digit belong to it.
    """
    start = digit
    while start > done and text[start - 1] in "+(" and digit - start < 3:
        start -= 1
    before = text[max(0, start - 40) : start]
    follows_another = bool(done) and start == done
    if _JSON_KEY.search(before) or (not follows_another and _inside_word_or_url(text, start)):
        return 0, 0
    labelled = _PHONE_WORD.search(before)
    if not labelled and (_ID_WORD.search(before) or _MONEY_BEFORE.search(before)):
        return 0, 0
    pattern = _LABELLED if labelled else _PHONE
    # "(" may open a remark and not an area code: then the number starts after it.
    for begin in dict.fromkeys((start, digit)):
        match = pattern.match(text, begin)
        if match and _is_phone(text, match, labelled=bool(labelled)):
            return begin, match.end()
    return 0, 0


def _is_phone(text: str, match: re.Match[str], *, labelled: bool) -> bool:
    number = match[0].lstrip("(")
    n_digits = sum(char.isdigit() for char in number)
    shortest = 7 if labelled else 8 if number.startswith("+") else 9
    if not shortest <= n_digits <= 20:
        return False
    after = text[match.end() : match.end() + 8]
    if re.match(r"\w|[.,:/-]\d", after) or _MONEY_AFTER.match(after):
        return False
    return not _NOT_PHONES.match(number)


def _inside_word_or_url(text: str, start: int) -> bool:
    if start == 0:
        return False
    last = text[start - 1]
    if last.isalnum() or last in "_#=%&":
        return True
    if last in "-./:,":
        before = text[start - 2 : start - 1]
        if before.isalnum() or (last != ":" and before in ("/", "-", ".", "=")):
            return last not in ":," or before.isdigit()
    return _inside_url(text, start)


def _inside_url(text: str, start: int) -> bool:
    token = _TOKEN.search(text[max(0, start - 300) : start])
    return token is not None and ("://" in token[0] or "www." in token[0])
