"""Read the places of work from a location line.

Nothing is guessed: a bare city has no country. "City, ST" is read as a US state, the postal form
of US addresses, except where the two letters are a country's too and the city is a large one of
that country ("Toronto, CA"); "City, DE" needs a city of Delaware. Country and state names come
from pycountry (ISO 3166).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pmjobs.errors import PmjobsError
from pmjobs.posting import Location

MAX_CHARS = 2_000
MAX_PLACES = 100

# Names people use that ISO 3166 does not list.
ALIASES = {
    "US": "us; u.s; usa; u.s.a; united states; united states of america; the united states",
    "GB": "uk; u.k; united kingdom; great britain; britain; england; scotland; wales"
    "; northern ireland; the uk; vereinigtes königreich; royaume-uni; reino unido",
    "DE": "deutschland; allemagne; alemania; tyskland; duitsland",
    "AT": "österreich; autriche", "CH": "schweiz; suisse; svizzera; suiza",
    "ES": "españa; espagne; spanien", "FR": "frankreich; francia", "IT": "italia; italien; italie",
    "BR": "brasil", "SE": "sverige; schweden; suède", "NO": "norge", "DK": "danmark; dänemark",
    "FI": "suomi", "NL": "nederland; the netherlands; holland; niederlande; pays-bas",
    "BE": "belgië; belgique; belgien", "PL": "polska; polen; pologne", "PT": "portugal",
    "IE": "republic of ireland; éire; irland; irlande", "CZ": "czech republic; czechia; česko",
    "TR": "turkey; türkiye", "KR": "south korea; korea; republic of korea", "RU": "russia",
    "VN": "vietnam", "TW": "taiwan; taiwan (roc)", "IR": "iran", "AE": "uae; u.a.e",
    "SA": "ksa", "CI": "ivory coast", "BO": "bolivia", "VE": "venezuela", "MD": "moldova",
    "TZ": "tanzania", "SY": "syria", "LA": "laos", "MK": "macedonia", "MX": "méxico",
    "PE": "perú", "PA": "panamá", "JP": "日本", "CN": "prc; mainland china", "PS": "palestine",
    "CD": "drc; dr congo; democratic republic of congo", "HU": "magyarország", "RO": "românia",
    "GR": "hellas",
    "BA": "bosnia; bosnia & herzegovina", "HK": "hong kong sar", "CA": "kanada",
    "CV": "cape verde", "SZ": "swaziland", "MM": "burma", "VA": "vatican",
}  # fmt: skip

# Large cities of countries whose two letters are also a US state's.
CITIES = {
    "CA": "toronto montreal montréal vancouver calgary edmonton ottawa winnipeg mississauga"
    " brampton hamilton halifax victoria quebec québec kitchener waterloo markham burnaby regina"
    " saskatoon gatineau oakville guelph kanata laval longueuil surrey richmond",
    "IN": "bangalore bengaluru mumbai delhi hyderabad chennai pune gurgaon gurugram noida kolkata"
    " ahmedabad jaipur kochi coimbatore indore chandigarh thane trivandrum",
    "IL": "haifa jerusalem herzliya ramat-gan netanya",
    "CO": "bogota bogotá medellin medellín cali barranquilla cartagena",
    "AR": "córdoba rosario mendoza", "MA": "casablanca rabat marrakech tangier",
    "AL": "tirana", "GA": "libreville", "TN": "tunis sfax", "PA": "panama", "MT": "valletta sliema",
    "ID": "jakarta bandung surabaya", "KY": "george-town", "DE": "berlin munich münchen hamburg"
    " cologne köln frankfurt stuttgart düsseldorf dusseldorf leipzig dresden hannover nuremberg"
    " nürnberg bremen essen dortmund bonn karlsruhe mannheim walldorf",
    "VA": "", "AZ": "baku", "MD": "chisinau chișinău", "MO": "macau macao", "NE": "niamey",
    "SD": "khartoum", "ME": "podgorica", "MN": "ulaanbaatar", "LA": "vientiane", "SC": "",
    "MS": "", "NC": "",
}  # fmt: skip
_TWO_WORD_CITIES = {"tel aviv": "IL", "new delhi": "IN", "buenos aires": "AR", "panama city": "PA"}
_DELAWARE = {
    "wilmington", "dover", "newark", "middletown", "smyrna", "milford", "seaford", "georgetown",
    "lewes",
}  # fmt: skip
# Provinces and states outside the US whose letters are no country's.
_REGIONS = {
    "ON": "CA", "QC": "CA", "BC": "CA", "AB": "CA", "MB": "CA", "NS": "CA", "NB": "CA",
    "NSW": "AU", "VIC": "AU", "QLD": "AU", "TAS": "AU", "ACT": "AU",
}  # fmt: skip

_LIST = re.compile(r"\s*[|;•\n]\s*|\s+/\s+|\s+or\s+", re.IGNORECASE)
# Words of a location line that name no place.
_NO_PLACE = re.compile(
    r"\b(?:(?:fully |100% )?remote(?:ly)?(?:[- ](?:first|only|friendly|based))?|hybrid|virtual"
    r"|home[- ]?based|home ?office|telecommut\w+|on-?site|in[- ]office|office[- ]based|distributed"
    r"|field[- ]based|anywhere(?: in(?: the)?)?|worldwide|global|flexible|multiple locations"
    r"|\d+ locations?|various(?: locations)?|head ?office|headquarters|hq|office|full[- ]time"
    r"|location negotiable[^,;]*|eligible|based in|available|preferred|required|only)\b",
    re.IGNORECASE,
)
# Parts of the world: places, but neither towns nor countries.
_PARTS_OF_THE_WORLD = {
    "emea", "latam", "apac", "dach", "eu", "europe", "nordics", "americas", "namer", "asia",
    "africa", "anz", "mena", "benelux", "world", "scandinavia", "international", "north america",
    "latin america", "south america", "middle east", "asia pacific", "the world", "new england",
    "european union", "east coast", "west coast",
}  # fmt: skip
_POSTCODE = re.compile(r"\s+\d{5}(?:-\d{4})?$")
_TRAILING_COUNTRY = re.compile(r"(?<=\w)\s+(USA?|U\.S\.(?:A\.)?|UK|United States)\s*$")
_LOOSE = " \t,-–—/@()[]:.•"


@lru_cache(maxsize=20_000)
def parse_locations(text: str) -> tuple[Location, ...]:
    """Return the places that a location line names, () if it names none.

    Lists are parted at "|", ";", " / ", " or " and line ends, and at the commas of "City, ST,
    City, ST" and of lists of countries. "Remote" and its like are no places (`find_remote` reads
    them), but "Remote - US" names one.

    >>> [place.country for place in parse_locations("London, UK; Remote - US | Paris")]
    ['GB', 'US', None]
    >>> parse_locations("Remote")
    ()
    """
    places = (
        parse_location(piece) for item in _LIST.split(text[:MAX_CHARS]) for piece in _commas(item)
    )
    named = dict.fromkeys(place for place in places if place is not None)
    return tuple(named)[:MAX_PLACES]


def parse_location(text: str) -> Location | None:
    """Return the one place that `text` names, or None if it names none.

    >>> parse_location("Austin, TX")
    Location(text='Austin, TX', locality='Austin', region='TX', country='US')
    >>> parse_location("Paris")
    Location(text='Paris', locality='Paris', region=None, country=None)
    """
    written = text[:MAX_CHARS].strip(" \t,;|")
    parts = _parts(written)
    if not parts:
        return None
    country, at = _find_country(parts)
    if country is not None:
        rest = parts[:at] + parts[at + 1 :]
        index = _region_index(rest, country, last_is_country=at == len(parts) - 1)
        region = rest.pop(index) if index is not None else None
        return Location(written, rest[-1] if rest else None, region, country)
    if place := _in_a_state(parts, written):
        return place
    if len(parts) == 1 and parts[0].lower() in _PARTS_OF_THE_WORLD | {"georgia"}:
        return Location(written)
    if len(parts) == 1 and not re.search(r"\d", parts[0]):
        return Location(written, locality=parts[0])
    return Location(written)


def country_code(name: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name or code, or None.

    For fields that hold a country and nothing else, so codes in any case count.

    >>> country_code("Deutschland"), country_code("gbr"), country_code("us"), country_code("Paris")
    ('DE', 'GB', 'US', None)
    """
    key = (name or "").strip(" .").lower()
    return _countries().get(key) or _codes().get(key.upper())


def check_country(name: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of the country a reader asks for.

    Raises PmjobsError if `name` is no country's name or code.

    >>> check_country("uk"), check_country("United Kingdom")
    ('GB', 'GB')
    """
    if code := country_code(name):
        return code
    raise PmjobsError(f"no country {name!r} is known; write two letters, GB, or a name, Germany")


def _commas(item: str) -> list[str]:
    """Part a comma list of several places; a single place comes back whole."""
    parts = [part.strip() for part in item.split(",")]
    if len(parts) < 2:
        return [item]
    if all(country_code(part) for part in parts):
        # "Singapore, Singapore" is one place; "US, Canada" is two.
        return parts if len({country_code(part) for part in parts}) == len(parts) else [item]
    states = _us_states()
    if len(parts) >= 4 and len(parts) % 2 == 0 and all(part in states for part in parts[1::2]):
        return [f"{town}, {state}" for town, state in zip(parts[::2], parts[1::2], strict=True)]
    return [item]


def _parts(text: str) -> list[str]:
    """Return what is left of a place's comma, dash or bracket parts without remote words."""
    parts = []
    for piece in _pieces(text):
        part = _POSTCODE.sub("", piece).strip(_LOOSE)
        part = re.sub(
            r"^(?:(?:with)?in\s+)?(?:the\s+)?|\s+(?:in|and)$", "", part, flags=re.IGNORECASE
        ).strip()
        if part and not re.fullmatch(r"\d+|&", part):
            parts.append(" ".join(part.split()))
    return parts


def _pieces(text: str) -> Iterator[str]:
    text = _TRAILING_COUNTRY.sub(r", \1", text)
    for raw in re.split(r"[,@]|\s+[-–—]\s*|\s*[-–—]\s+", text):
        if raw.strip().lower() in _countries():  # "Taiwan (ROC)"
            yield raw.partition("(")[0]
            continue
        for part in re.split(r"[()\[\]]", _NO_PLACE.sub(" ", raw)):
            split = [piece.strip() for piece in part.split("-")]
            # "US-CA-Menlo Park", "China-Shanghai", but not "Stoke-on-Trent"
            if any(_is_country(piece) for piece in split):
                yield from [part] if part.strip().lower() in _countries() else split
            else:
                yield part


def _find_country(parts: list[str]) -> tuple[str | None, int]:
    """Return a country named among the parts and where, the last part first, then the first."""
    for at in dict.fromkeys((len(parts) - 1, 0, *range(1, len(parts) - 1))):
        part = parts[at]
        if part.lower() == "georgia":
            continue  # the country or the state: `_in_a_state` may know
        if code := _countries().get(part.lower().strip(".")):
            return code, at
        if len(part) == 3 and part.isupper() and (code := _codes().get(part)):
            return code, at
        if len(part) == 2 and part.isupper() and (code := _country_of_letters(part, parts, at)):
            return code, at
    return None, 0


def _country_of_letters(letters: str, parts: list[str], at: int) -> str | None:
    """Return the country that two capitals mean here, if they are not a US state's."""
    code = _codes().get(letters)
    if code is None or letters in _REGIONS:
        return None
    if letters not in _us_states():
        return code
    town = parts[at - 1].lower() if at else ""
    return code if _city_country(town) == letters else None


def _city_country(town: str) -> str | None:
    if town in _TWO_WORD_CITIES:
        return _TWO_WORD_CITIES[town]
    return next((code for code, names in CITIES.items() if town and town in names.split()), None)


def _in_a_state(parts: list[str], written: str) -> Location | None:
    """Read "City, ST", "City, State" and a state alone; US states and those of `_REGIONS`."""
    states = _us_states()
    last = parts[-1]
    town = parts[-2] if len(parts) > 1 else None
    if last in _REGIONS and town:
        return Location(written, town, last, _REGIONS[last])
    if last.upper().replace(".", "") == "DC":
        return Location(written, town or "Washington", "DC", "US")
    if last in states and town:  # two capitals, or the name as ISO writes it
        if last == "DE" and town.lower() not in _DELAWARE:
            return None
        if last == "Georgia" and town.lower() in ("tbilisi", "batumi"):
            return Location(written, town, None, "GE")
        return Location(written, town, last, "US")
    if len(parts[0]) > 2 and parts[0] in states and parts[0] != "Georgia":  # "Texas - Plano"
        return Location(written, town and last, parts[0], "US")
    return None


def _region_index(rest: list[str], country: str, *, last_is_country: bool) -> int | None:
    """Return which of the parts beside the country is the state, or None."""
    known = _us_states() if country == "US" else {r for r, c in _REGIONS.items() if c == country}
    for index in reversed(range(len(rest))):  # "New York, New York": the first is the city
        if rest[index] in known:
            return index
    if len(rest) < 2:
        return None
    return len(rest) - 1 if last_is_country else 0


def _is_country(piece: str) -> bool:
    if piece.lower() == "georgia":
        return False
    return piece.lower() in _countries() or (
        piece.isupper() and len(piece) in (2, 3) and piece in _codes() and piece not in _us_states()
    )


@cache
def _countries() -> dict[str, str]:
    import pycountry

    names = {
        name.lower(): country.alpha_2
        for country in pycountry.countries
        for name in (
            country.name,
            getattr(country, "official_name", country.name),
            getattr(country, "common_name", country.name),
        )
    }
    aliases = {name: code for code, line in ALIASES.items() for name in line.split("; ")}
    return names | aliases


@cache
def _codes() -> dict[str, str]:
    import pycountry

    codes = {country.alpha_3: country.alpha_2 for country in pycountry.countries}
    codes |= {country.alpha_2: country.alpha_2 for country in pycountry.countries}
    return codes | {"UK": "GB"}


@cache
def _us_states() -> frozenset[str]:
    import pycountry

    states = pycountry.subdivisions.get(country_code="US")
    inhabited = [state for state in states if state.type in ("State", "District")]
    return frozenset(
        [state.code.removeprefix("US-") for state in inhabited] + [s.name for s in inhabited]
    )
