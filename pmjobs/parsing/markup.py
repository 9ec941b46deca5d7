"""HTML, or text that is plain already, to plain text with one block a line.

The text is what a reader of the ad sees: scripts, styles, form fields and elements hidden by
attribute, inline style or the customary class names are left out, since ads carry words there
for machines only. What a stylesheet hides by a class of its own cannot be told and stays.
"""

import html as _html
import re

from resiliparse.extract.html2text import extract_plain_text

MAX_CHARS = 1_000_000  # of markup; the longest real ads seen have about 40,000

# Elements a reader does not see, beside what resiliparse leaves out on its own. The class names
# are those of Bootstrap, WordPress and Tailwind for text meant for screen readers alone.
_UNSEEN = [
    "[hidden]", "svg", "title", ".sr-only", ".visually-hidden", ".screen-reader-text",
]  # fmt: skip

_TAG = re.compile(r"<(?:!--|/?[a-zA-Z][a-zA-Z0-9]*(?:[\s/>]|$))")
_ESCAPED_TAG = re.compile(r"&(?:amp;)*lt;(?:!--|/?[a-zA-Z])")
_ENTITY = re.compile(r"&#?\w{1,31};")

_STYLE = re.compile(r"[sS][tT][yY][lL][eE]\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+)")
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?<![-\w])(?:opacity|font-size)\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?\s*(?:[;\"'!]|$)"
    r"|(?:text-indent|left|top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01]",
    re.IGNORECASE,
)

# Bullets people type. A dash or star counts only before a blank: "-5 %" and "*required" do not.
_BULLET = re.compile(r"(?:[•·●▪◦‣■□➢➤►✓✔⁃∙\uf0b7\uf0a7]\s*|[-–—*]\s)+(?=\S)")
# Characters without ink, by themselves: `in` finds one of them ten times faster than a pattern.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_C0 = "".join(map(chr, [*range(9), *range(14, 32), 127]))
_C1 = "".join(map(chr, range(0x80, 0xA0)))

# UTF-8 bytes shown as Latin-1 or Windows-1252. The lead characters are those of accented Latin
# letters (Â Ã Ä Å), of punctuation (â) and of emoji (ð); what follows must be a continuation.
_CONTINUATION = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_LEADS = "ÂÃÄÅâðï"
_MOJIBAKE = re.compile(f"[ÂÃÄÅ]{_CONTINUATION}|â{_CONTINUATION}{{2}}|ð{_CONTINUATION}{{3}}|ï»¿")


def text_of(html: str) -> str:
    """Return what a reader sees of `html`, one block a line, list items starting with "• ".

    Inline tags do not part words, `<br>` and blocks do, the cells of a table row share a line,
    items of numbered lists keep their number. Text without tags keeps its line breaks. UTF-8
    that was read as Latin-1 is repaired where only one reading is possible. No blank lines; ""
    if nothing is visible. Only the first 1,000,000 characters are read: the rest of a longer
    page is not an ad.

    >>> text_of("<p>Senior <b>Project</b> Manager</p><ul><li>plans<li>budgets</ul>")
    'Senior Project Manager\\n• plans\\n• budgets'
    >>> text_of("Plain text &amp; nothing else")
    'Plain text & nothing else'
    >>> text_of("<p style='display: none'>hire me</p>")
    ''
    """
    html = html[:MAX_CHARS]
    try:
        html.encode()
    except UnicodeEncodeError:  # half a character pair, which no parser and no store accepts
        html = html.encode(errors="replace").decode()
    if _TAG.search(html):
        # A page repeats a few styles many times: each is looked at once.
        styles = set(_STYLE.findall(html)) if "style" in html or "STYLE" in html else ()
        if any(_HIDING_STYLE.search(style) for style in styles):
            html = _STYLE.sub(_mark_hidden, html)
        text = extract_plain_text(html, alt_texts=False, skip_elements=_UNSEEN)
    else:
        text = _ENTITY.sub(lambda match: _html.unescape(match[0]), html)
    return _tidy(repair_mojibake(text))


def unescape_markup(content: str) -> str:
    """Return the markup of content that was entity-escaped once more, or more often.

    Greenhouse escapes the HTML of its ads once, its documentation twice. Content that holds
    real tags comes back as it is.

    >>> unescape_markup("&lt;p&gt;R&amp;amp;D&lt;/p&gt;")
    '<p>R&amp;D</p>'
    >>> unescape_markup("&amp;lt;p&amp;gt;Plan&amp;lt;/p&amp;gt;")
    '<p>Plan</p>'
    >>> unescape_markup("<p>R&amp;D</p>")
    '<p>R&amp;D</p>'
    """
    content = content[: 4 * MAX_CHARS]
    for _ in range(3):
        if _TAG.search(content) or not _ESCAPED_TAG.search(content):
            break
        content = _unescaped(content)
    return content


def repair_mojibake(text: str) -> str:
    """Return `text` with UTF-8 sequences that were read as Latin-1 or Windows-1252 put right.

    >>> repair_mojibake("CafÃ© â€“ you donâ€™t guess")
    'Café – you don’t guess'
    >>> repair_mojibake("São Paulo, NÃO, Ångström")
    'São Paulo, NÃO, Ångström'
    """
    if text.isascii() or not any(lead in text for lead in _LEADS):
        return text
    return _MOJIBAKE.sub(_decoded, text)


def _unescaped(text: str) -> str:
    # The commonest entities beforehand: what they stand for is no part of another entity, as "&"
    # would be, so nothing else is unescaped than in one pass, which takes three times as long.
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'")):
        text = text.replace(entity, char)
    return _html.unescape(text)


def _mark_hidden(match: re.Match[str]) -> str:
    return "hidden " if _HIDING_STYLE.search(match[0]) else match[0]


def _decoded(match: re.Match[str]) -> str:
    try:
        return b"".join(_byte(char) for char in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _byte(char: str) -> bytes:
    return char.encode("latin-1") if char <= "\xff" else char.encode("cp1252")


def _tidy(text: str) -> str:
    for char in _C0 if text.isascii() else _INVISIBLE + _C0 + _C1:
        if char in text:
            text = text.replace(char, "" if char in _INVISIBLE else " ")
    lines: list[str] = []
    for raw in text.splitlines():
        line = " ".join(raw.split())
        if not line:
            continue
        if lines and lines[-1] == "•":  # an empty list item, its text in a block of its own
            lines.pop()
            line = f"• {line}"
        if bullet := _BULLET.match(line):
            line = f"• {line[bullet.end() :]}"
        lines.append(line)
    return "\n".join(line for line in lines if line != "•")
