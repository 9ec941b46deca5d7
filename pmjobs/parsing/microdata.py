"""schema.org JobPosting in a page's microdata: the ads, in the same shape JSON-LD gives them.

Microdata marks up what the reader sees, so a value is an element's text; the description keeps
its markup. Only what stands inside an element with itemtype JobPosting is read.
"""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import Tag

MAX_PAGE_CHARS = 10_000_000
MAX_DEPTH = 12  # items inside items

_TYPE = re.compile(r"^https?://(?:www\.)?schema\.org/JobPosting/?$", re.IGNORECASE)
# Where an element's value stands in one of its attributes, as the HTML standard says.
_ATTRIBUTES = {
    "meta": "content", "time": "datetime", "a": "href", "link": "href", "img": "src",
    "data": "value", "meter": "value", "object": "data", "iframe": "src",
}  # fmt: skip
_MARKUP = ("description", "responsibilities", "qualifications", "skills", "jobBenefits")


def job_postings(html: str) -> list[dict[str, Any]]:
    """Return every JobPosting in the page's microdata, in order; [] if it has none.

    >>> job_postings(
    ...     '<div itemscope itemtype="https://schema.org/JobPosting"><b itemprop="title">PM</b>'
    ...     '<p itemprop="jobLocation" itemscope>in <i itemprop="name">Ulm</i></p></div>'
    ... )
    [{'@type': 'JobPosting', 'title': 'PM', 'jobLocation': {'name': 'Ulm'}}]
    >>> job_postings("<p>Project Manager</p>")
    []
    """
    html = html[:MAX_PAGE_CHARS]
    if "itemtype" not in html or "jobposting" not in html.lower():  # nearly all pages end here
        return []
    from bs4 import BeautifulSoup
    from bs4.filter import SoupStrainer

    strainer = SoupStrainer(attrs={"itemtype": _TYPE})
    page = BeautifulSoup(html, "lxml", parse_only=strainer)
    found = page.find_all(None, {"itemtype": _TYPE})
    return [{"@type": "JobPosting", **_fields(one, MAX_DEPTH)} for one in found]


def _fields(item: "Tag", depth: int) -> dict[str, Any]:
    fields: dict[str, list[Any]] = {}
    for element in item.find_all(None, {"itemprop": True}):
        if element.find_parent(None, {"itemscope": True}) is not item:
            continue  # belongs to an item inside this one
        for name in str(element["itemprop"]).split():
            fields.setdefault(name, []).append(_value(element, name, depth))
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def _value(element: "Tag", name: str, depth: int) -> Any:
    if element.has_attr("itemscope"):
        return _fields(element, depth - 1) if depth else None
    if (attribute := _ATTRIBUTES.get(element.name)) and element.has_attr(attribute):
        return str(element[attribute]).strip()
    if element.has_attr("content"):
        return str(element["content"]).strip()
    if name in _MARKUP:
        return element.decode_contents()
    return " ".join(element.get_text().split())
