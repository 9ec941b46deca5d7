"""From a source's answer to its ads: JSON that is what it should be, and one payload an ad."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException, ElementTree

from pmjobs.errors import FetchError, SettingsError
from pmjobs.parsing.contacts import redact_fields, redact_payload
from pmjobs.posting import Board, BoardRead, Document, Payload, Skipped

# No answer seen has a hundredth of either. Of ones made to fill the memory, what is read stays
# below half a gigabyte.
MOST_VALUES = 3_000_000  # in one document
MOST_ADS = 100_000  # on one board

# Character sets of web pages; Python knows more "encodings" than a page should choose from.
_CHARSET = re.compile(
    r"charset\s*=\s*[\"']?(?P<name>utf-?16(?:[lb]e)?|iso-?8859-?\d{1,2}|latin-?[19]|windows-125\d"
    r"|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gb\d+|gbk|big5)\b",
    re.IGNORECASE,
)


def json_of(document: Document, where: str) -> Any:
    """Return the JSON value in a document. Raises FetchError saying what it is instead."""
    body = document.body.strip()
    if body[:1] == b"<":
        raise FetchError(f"{where}: a web page instead of JSON; check the board's name and address")
    _check_values(body.count(b","), where)
    try:
        # NaN and Infinity are no JSON; read as absent, one careless number costs no board
        return json.loads(body, parse_constant=lambda _: None)
    except UnicodeDecodeError:
        raise FetchError(f"{where}: not UTF-8 text; try again later") from None
    except RecursionError:
        raise FetchError(f"{where}: JSON nested too deep; report this board") from None
    except ValueError as error:
        raise FetchError(f"{where}: not JSON, or cut short ({error}); try again later") from None


def xml_of(document: Document, where: str) -> Element:
    """Return the root of an XML document. Raises FetchError saying what it is instead.

    Documents that declare entities are refused: a small one could unfold to fill the memory.
    """
    _check_values(document.body.count(b"<"), where)
    try:
        root: Element = ElementTree.fromstring(document.body.strip())
    except DefusedXmlException:
        raise FetchError(f"{where}: XML that declares entities of its own; not read") from None
    except (SyntaxError, ValueError, LookupError, RecursionError) as error:
        raise FetchError(f"{where}: not XML, or cut short ({error}); try again later") from None
    return root


def xml_fields(element: Element, *, depth: int = 20) -> Any:
    """Return an element as JSON has it: its text, or an object of its children.

    Children of one name become a list. Names lose their namespace, attributes are left out.

    >>> from xml.etree.ElementTree import fromstring
    >>> xml_fields(fromstring("<ad><id>7</id><town>Ulm</town><town>Linz</town><pay/></ad>"))
    {'id': '7', 'town': ['Ulm', 'Linz'], 'pay': None}
    """
    if not len(element) or depth == 0:
        return (element.text or "").strip() or None
    fields: dict[str, list[Any]] = {}
    for child in element:
        if isinstance(child.tag, str):  # comments have none
            name = child.tag.rpartition("}")[2]
            fields.setdefault(name, []).append(xml_fields(child, depth=depth - 1))
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def html_of(document: Document) -> str:
    """Return a page's text, in the character set that its header or the page itself names.

    A wrong or missing name is made good: UTF-8 if the bytes are that, else Windows-1252.
    """
    body = document.body.removeprefix(b"\xef\xbb\xbf")
    head = body[:2048].decode("ascii", errors="replace")
    named = _CHARSET.search(document.media_type or "") or _CHARSET.search(head)
    for name in ("utf-8", named["name"] if named else "cp1252"):
        try:
            return body.decode(name)
        except (LookupError, ValueError):
            continue
    return body.decode("cp1252", errors="replace")


def ads_in(answer: Any, where: str, *path: str) -> list[Any]:
    """Return the list at `path` in an answer. Raises FetchError if there is none."""
    value = answer
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, list):
        place = ".".join(path) or "top"
        raise FetchError(f"{where}: no list of ads at {place!r}; check the board's name")
    return value


def base_url(board: Board, default: str) -> str:
    """Return where the board's API is reached, without a slash at the end."""
    return (board.base_url or default).rstrip("/")


def token(board: Board) -> str:
    """Return the board's name as part of a URL's path.

    Raises SettingsError for what can be no such name, "../other" or a whole URL.
    """
    if not re.fullmatch(r"\w[\w.\- ]{0,99}", board.board) or ".." in board.board:
        raise SettingsError(
            f"{board.key}: no board name; take the name from a job link, without the rest"
        )
    return quote(board.board, safe="")


def option(board: Board, name: str) -> str | None:
    """Return the first value of a board's option, or None."""
    return next((value for key, value in board.options if key == name), None)


def read_board(
    board: Board, ads: Iterable[tuple[str | None, str | None, Any]], document: Document
) -> BoardRead:
    """Return a payload for each (source id, URL, ad); an ad is JSON or a text of HTML.

    An ad that has no id or is no object is left out and reported, and so is a second one with
    the same id. Raises FetchError if there is no end of ads.
    """
    payloads: dict[str, Payload] = {}
    skipped: list[Skipped] = []
    for number, (source_id, url, ad) in enumerate(ads, 1):
        if number > MOST_ADS:
            raise FetchError(f"{board.key}: more than {MOST_ADS:,} ads; narrow the board down")
        if source_id is None:
            problem = "missing" if isinstance(ad, dict) else "not an ad"
            skipped.append(Skipped(f"{board.board}/#{number}", "id", problem))
        elif source_id in payloads:
            skipped.append(Skipped(source_id, "id", "twice in one answer; the first is kept"))
        else:
            try:
                body = body_of(ad)
            except RecursionError:
                skipped.append(Skipped(source_id, "ad", "nested too deep"))
                continue
            payloads[source_id] = Payload(
                source=board.source,
                source_id=source_id,
                url=url,
                fetched_at=document.fetched_at,
                body=body,
            )
    return BoardRead(board, tuple(payloads.values()), tuple(skipped))


def _check_values(n: int, where: str) -> None:
    if n > MOST_VALUES:
        raise FetchError(
            f"{where}: an answer of more than {MOST_VALUES:,} values; narrow the board down"
        )


def body_of(ad: Any) -> str:
    """Return an ad as it is stored: sorted keys, no recruiter's address or number."""
    if isinstance(ad, str):
        return redact_payload(_storable(ad))
    return _storable(json.dumps(redact_fields(ad), ensure_ascii=False, sort_keys=True))


def _storable(text: str) -> str:
    # Half a surrogate pair is legal in JSON's escapes, and no database takes it.
    return text.encode("utf-8", errors="replace").decode()


def ad_id(ad: Any, *names: str) -> str | None:
    """Return the first of the named fields that is an id: a number or a short text."""
    for name in names:
        value = ad.get(name) if isinstance(ad, dict) else None
        if isinstance(value, bool) or not isinstance(value, str | int):
            continue
        text = str(value).strip()
        if text and len(text) <= 200 and _whole(text):
            return text
    return None


def link(ad: Any, *names: str) -> str | None:
    """Return the first of the named fields that is a web address."""
    for name in names:
        value = ad.get(name) if isinstance(ad, dict) else None
        if isinstance(value, str) and _WEB_ADDRESS.match(value.strip()) and _whole(value):
            return value.strip()
    return None


_WEB_ADDRESS = re.compile(r"https?://\S{4,2000}$")


def _whole(text: str) -> bool:
    """Whether no half of a surrogate pair stands in it, which nothing can write."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def absolute(page: str, address: str) -> str | None:
    """Return the web address that a link on a page leads to, or None if it leads to none.

    >>> absolute("https://example.org/jobs/", "4021#apply")
    'https://example.org/jobs/4021'
    >>> absolute("https://example.org/jobs/", "mailto:jo@example.org")
    """
    try:
        url = urldefrag(urljoin(page, address.strip())).url
        is_web = urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname
    except ValueError:
        return None
    return url if is_web else None


def only(documents: Sequence[Document], where: str) -> Document:
    """Return the one document a source answers with."""
    if len(documents) != 1:
        raise FetchError(f"{where}: {len(documents)} documents instead of one; fetch it again")
    return documents[0]
