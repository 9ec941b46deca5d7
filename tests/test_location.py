"""Places as ads write them; a country only where one is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.location import country_code, parse_location, parse_locations

# (text, locality, region, country)
PLACES = [
    ("London, UK", "London", None, "GB"),
    ("London, United Kingdom", "London", None, "GB"),
    ("London, England, United Kingdom", "London", "England", "GB"),
    ("Leeds, England", "Leeds", None, "GB"),
    ("Aberdeen, Scotland, UK", "Aberdeen", "Scotland", "GB"),
    ("Austin, TX", "Austin", "TX", "US"),
    ("Austin, TX 78701", "Austin", "TX", "US"),
    ("12 Elm Street, Fairfax, VA 22031", "Fairfax", "VA", "US"),
    ("Austin, Texas", "Austin", "Texas", "US"),
    ("Austin, Texas, United States", "Austin", "Texas", "US"),
    ("Mountain View, CA, USA", "Mountain View", "CA", "US"),
    ("San Francisco, CA", "San Francisco", "CA", "US"),
    ("San Francisco, CA - US", "San Francisco", "CA", "US"),
    ("New York, New York, United States", "New York", "New York", "US"),
    ("New York, US, New York", "New York", "New York", "US"),
    ("US, WA, Bellevue", "Bellevue", "WA", "US"),
    ("US-CA-Menlo Park", "Menlo Park", "CA", "US"),
    ("Washington, DC", "Washington", "DC", "US"),
    ("San Francisco, CA USA", "San Francisco", "CA", "US"),
    ("Texas - Plano", "Plano", "Texas", "US"),
    ("Remote (within the U.S.)", None, None, "US"),
    ("Washington D.C.", "Washington D.C", None, None),
    ("California, US", None, "California", "US"),
    ("Ohio", None, "Ohio", "US"),
    ("Atlanta, Georgia", "Atlanta", "Georgia", "US"),
    ("Tbilisi, Georgia", "Tbilisi", None, "GE"),
    ("Georgia", None, None, None),
    ("Wilmington, DE", "Wilmington", "DE", "US"),
    ("Berlin, DE", "Berlin", None, "DE"),
    ("Oberursel, DE", None, None, None),
    ("Toronto, ON", "Toronto", "ON", "CA"),
    ("Toronto, ON, Canada", "Toronto", "ON", "CA"),
    ("Toronto, Ontario, Canada", "Toronto", "Ontario", "CA"),
    ("Toronto, CA", "Toronto", None, "CA"),
    ("Bangalore, IN", "Bangalore", None, "IN"),
    ("Gary, IN", "Gary", "IN", "US"),
    ("Tel Aviv, IL", "Tel Aviv", None, "IL"),
    ("Sydney, NSW", "Sydney", "NSW", "AU"),
    ("Dublin, IE", "Dublin", None, "IE"),
    ("Warsaw, PL", "Warsaw", None, "PL"),
    ("Bogotá, COL", "Bogotá", None, "CO"),
    ("Berlin, Deutschland", "Berlin", None, "DE"),
    ("Berlin, Berlin, Germany", "Berlin", "Berlin", "DE"),
    ("UK - London", "London", None, "GB"),
    ("Brazil - Sao Paulo", "Sao Paulo", None, "BR"),
    ("China-Shanghai", "Shanghai", None, "CN"),
    ("Taipei City, Taiwan (ROC)", "Taipei City", None, "TW"),
    ("Singapore", None, None, "SG"),
    ("Remote - US", None, None, "US"),
    ("Remote-US", None, None, "US"),
    ("Remote (Spain)", None, None, "ES"),
    ("United States - Remote", None, None, "US"),
    ("Anywhere in the United States", None, None, "US"),
    ("Remote in Canada", None, None, "CA"),
    ("Home based - EMEA", None, None, None),
    ("Paris", "Paris", None, None),
    ("Stoke-on-Trent", "Stoke-on-Trent", None, None),
    ("New York City Office", "New York City", None, None),
    ("Berlin (Hybrid)", "Berlin", None, None),
    ("EMEA", None, None, None),
    ("  Oslo, Norway ", "Oslo", None, "NO"),
]

# (text, the places' texts, countries)
LISTS = [
    ("London, UK | Paris, France", ["London, UK", "Paris, France"], ["GB", "FR"]),
    ("Oslo, Norway; Remote", ["Oslo, Norway"], ["NO"]),
    ("Berlin; Munich; Hamburg", ["Berlin", "Munich", "Hamburg"], [None] * 3),
    ("Boston, MA, Charlotte, NC", ["Boston, MA", "Charlotte, NC"], ["US", "US"]),
    ("US, Canada", ["US", "Canada"], ["US", "CA"]),
    ("Remote (United States | Canada)", ["Remote (United States", "Canada)"], ["US", "CA"]),
    ("Pune, India / Delhi, India", ["Pune, India", "Delhi, India"], ["IN", "IN"]),
    ("Austin, TX or Remote", ["Austin, TX"], ["US"]),
    ("Singapore, Singapore", ["Singapore, Singapore"], ["SG"]),
    ("Oslo; Oslo", ["Oslo"], [None]),
    ("Sarajevo, Bosnia and Herzegovina", ["Sarajevo, Bosnia and Herzegovina"], ["BA"]),
]

NO_PLACE = ["", "Remote", "Hybrid", "Home based - Worldwide", "Virtual (100% Remote)", " ; | ",
            "2 Locations", "Multiple Locations", "In-Office"]  # fmt: skip

COUNTRIES = [
    ("United States of America", "US"), ("usa", "US"), ("U.S.", "US"), ("UK", "GB"), ("gb", "GB"),
    ("GBR", "GB"), ("England", "GB"), ("Deutschland", "DE"), ("de", "DE"), ("Nederland", "NL"),
    ("Czech Republic", "CZ"), ("Korea, Republic of", "KR"), ("South Korea", "KR"), ("Brasil", "BR"),
    ("Viet Nam", "VN"), ("Côte d'Ivoire", "CI"), ("Atlantis", None), ("", None), (None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "locality", "region", "country"), PLACES)
def test_one_place(text, locality, region, country):
    place = parse_location(text)
    assert place.text == text.strip()
    assert (place.locality, place.region, place.country) == (locality, region, country)


@pytest.mark.parametrize(("text", "texts", "countries"), LISTS)
def test_several_places(text, texts, countries):
    places = parse_locations(text)
    assert [place.text for place in places] == texts
    assert [place.country for place in places] == countries


@pytest.mark.parametrize("text", NO_PLACE)
def test_words_that_name_no_place(text):
    assert parse_locations(text) == ()


@pytest.mark.parametrize(("name", "code"), COUNTRIES)
def test_a_country_has_many_names(name, code):
    assert country_code(name) == code


@given(st.text() | st.lists(st.sampled_from([p[0] for p in PLACES])).map(";".join))
def test_any_line_is_read_and_the_places_are_in_it(text):
    for place in parse_locations(text):
        assert place.text in text
        assert place.country is None or country_code(place.country) == place.country
