"""Links to ads as people's files and mails hold them, to the address of the ad itself.

Mails count clicks: their links lead through the sender's own pages and carry who clicked. What
is kept is the ad's address and nothing about the reader. No network.
"""

import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

MAX_CHARS = 4_000
_LEADS_ON = ("url", "u", "target", "redirect", "redirecturl", "redirect_url", "q", "link", "to")
# Only names that are nobody's but a tracker's: "ref" or "id" may be the ad's own.
_TRACKS = re.compile(
    r"utm_\w+|trk\w*|tracking\w*|refid|gh_src|lever-(?:source|origin).*|mc_[ce]id|mkt_tok|gclid"
    r"|fbclid|msclkid|_hs\w+|midtoken|midsig|otptoken|emailtoken|savedsearchid",
    re.IGNORECASE,
)


def ad_link(url: str) -> str:
    """Return the address of the ad that a link leads to, without what only links add.

    >>> ad_link("https://www.linkedin.com/comm/jobs/view/4021?trackingId=x&midToken=y")
    'https://www.linkedin.com/jobs/view/4021'
    >>> ad_link("https://click.example/c?u=https%3A%2F%2Fweir.example%2Fjobs%2F7%3Futm_source%3Dm")
    'https://weir.example/jobs/7'
    """
    for _ in range(3):
        inner = _leads_to(url)
        if inner is None:
            break
        url = inner
    return known_ad(url) or _plain(url)


def known_ad(url: str) -> str | None:
    """Return the address of the ad if `url` is one at LinkedIn, Indeed or Glassdoor, or None."""
    try:
        parts = urlsplit(url[:MAX_CHARS])
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    labels = host.split(".")[:-1]
    asked = parse_qs(parts.query)
    if "linkedin" in labels:
        found = re.search(r"/jobs/view/(?:[\w%-]*?-)?(\d{4,})(?:/|$)", parts.path)
        current = asked.get("currentJobId", [""])[0]
        number = found[1] if found else current if current.isdecimal() else None
        return f"https://www.linkedin.com/jobs/view/{number}" if number else None
    if "indeed" in labels:
        key = asked.get("jk", asked.get("vjk", [""]))[0]
        return f"https://{host}/viewjob?jk={key}" if re.fullmatch(r"[0-9a-z]{6,40}", key) else None
    if "glassdoor" in labels:
        key = asked.get("jl", asked.get("jobListingId", asked.get("jobListingID", [""])))[0]
        return f"https://{host}/job-listing/j?jl={key}" if key.isdecimal() else None
    return None


def _leads_to(url: str) -> str | None:
    """Return the address inside a link that only leads on."""
    try:
        asked = parse_qsl(urlsplit(url[:MAX_CHARS]).query)
    except ValueError:
        return None
    for name, value in asked:
        if name.lower() in _LEADS_ON and re.match(r"https?://[\w.-]+", value):
            return value
    return None


def _plain(url: str) -> str:
    try:
        parts = urlsplit(url[:MAX_CHARS])
    except ValueError:
        return url[:MAX_CHARS]
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKS.fullmatch(name)
    ]
    # Some sites have all their pages behind the "#".
    fragment = parts.fragment if parts.fragment[:1] in ("/", "!") else ""
    return parts._replace(query=urlencode(kept), fragment=fragment).geturl()
