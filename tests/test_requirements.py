"""Requirements of ads: what is asked for, how much the ad insists, and what is no requirement."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.compare.reading import Importance, Kind
from pmjobs.compare.reading_json import reading_as_json, reading_from_json
from pmjobs.compare.requirements import read_ad, requirements_in
from pmjobs.compare.words import find_words
from pmjobs.domain.characteristics import Verdict
from pmjobs.domain.skills import skills

LABELS = Path(__file__).parent.parent / "bench" / "labels" / "requirements_invented.jsonl"

FRAGMENTS = [
    "PMP", "or", ",", "PRINCE2 Practitioner", "(e.g.", "Jira", ")", "years", "five", "20", "€2.5m",
    "budget", "$", "a team of 9", "ideally", "must", "\n-", "\n", ":", "no", "MSP", "/", "£1.2.3m",
    "$1,000,000,000,000", "degree", "in", "construction", "and", "1.5.2k", "İ", "experience of",
]  # fmt: skip


def asked(text: str) -> dict[str, str]:
    """Skill → importance of what an ad asks for."""
    return {
        "/".join(one.skills): str(one.importance)
        for one in read_ad(text).requirements
        if one.skills
    }


# The words that mean something else elsewhere: (text, a skill that must be found, or must not)
AMBIGUOUS = [
    ("MSP Practitioner certificate", "cert_programme", True),
    ("knowledge of programmes run by MSP and PRINCE2", "msp_method", True),
    ("we are a managed service provider (MSP) for schools", "msp_method", False),
    ("CSM or another scrum certificate", "cert_agile", True),
    ("work with the CSM on customer renewals", "cert_agile", False),
    ("APM qualification", "cert_apm_fm", True),
    ("APM for our mobile app: latency and traces", "cert_apm_fm", False),
    ("keep the RAID log", "raid_logs", True),
    ("rack servers with RAID arrays", "raid_logs", False),
    ("schedule by CPM and PERT", "planning", True),
    ("a CPM of four dollars on video ads", "planning", False),
    ("write the PID with the project sponsor", "initiation", True),
    ("tune the PID control loop of the project's boiler", "initiation", False),
    ("Primavera P6", "primavera", True),
    ("pay point P6 of the scale", "primavera", False),
    ("PMP certified", "cert_pmp", True),
    ("pmp the tyres", "cert_pmp", False),
    ("SAFe release trains", "scaled_agile", True),
    ("a safe place to work", "scaled_agile", False),
    ("LeSS, scrum or SAFe", "scaled_agile", True),
    ("less scrum, more work", "scaled_agile", False),
    ("MoR Practitioner", "cert_programme", True),
    ("more practitioners wanted", "cert_programme", False),
    ("lead organisational change management", "change_management", True),
    ("ITIL change management and the CAB", "change_management", False),
    ("hybrid delivery, agile where it helps", "waterfall_hybrid", True),
    ("hybrid working, two days a week", "waterfall_hybrid", False),
    ("take the minutes of board meetings", "meeting_support", True),
    ("ten minutes from the station", "meeting_support", False),
    ("planning with Clarity PPM", "ppm_suite", True),
    ("Clarity of thought", "ppm_suite", False),
    ("the insurance sector", "dom_finance", True),
    ("dental insurance", "dom_finance", False),
    ("experience in a creative agency", "dom_agency", True),
    ("no recruitment agency calls please", "dom_agency", False),
    ("benefits realization", "benefits", True),
    ("organizational change", "change_management", True),
    ("go live of the platform", "testing_cutover", True),
    ("risk-management", "risk_management", True),
    ("excel in what you do", "excel", False),
]


@pytest.mark.parametrize(("text", "skill", "expected"), AMBIGUOUS)
def test_words_are_read_by_the_words_around_them(text, skill, expected):
    found = {mention.skill for mention in find_words(text).mentions}

    assert (skill in found) is expected


IMPORTANCE = [
    ("Requirements\n- PRINCE2 Practitioner", {"cert_prince2_p": "essential"}),
    ("Nice to have\n- PRINCE2 Practitioner", {"cert_prince2_p": "desirable"}),
    ("Nice to have\n- PRINCE2 Practitioner is mandatory", {"cert_prince2_p": "essential"}),
    ("Requirements\n- Jira a plus", {"jira": "desirable"}),
    ("Requirements\n- Jira required, Power BI preferred",
     {"jira": "essential", "bi_tools": "desirable"}),
    ("Requirements\n- Ideally Jira and Power BI", {"jira": "desirable", "bi_tools": "desirable"}),
    ("Requirements\n- A degree, preferably in economics", {"edu_degree": "essential"}),
    ("Requirements\n- Risk management plus Jira", {"risk_management": "essential",
                                                  "jira": "essential"}),
    ("Requirements\n- PRINCE2 Practitioner or PMP", {"cert_prince2_p/cert_pmp": "essential"}),
    ("Requirements\n- Tools such as Jira, Smartsheet", {"jira/smartsheet": "essential"}),
    ("Requirements\n- Jira and Smartsheet", {"jira": "essential", "smartsheet": "essential"}),
    ("What you will do\n- Keep the RAID log", {"raid_logs": "passing"}),
    ("What you will do\n- You must have experience of change control",
     {"change_control": "essential"}),
    ("What we offer\n- Health insurance\n- Excel training", {}),
    ("About us\nWe are a bank and love agile delivery.", {}),
    ("Requirements\n- Jira\nNice to have\n- Jira", {"jira": "essential"}),
    ("Requirements\n- Jira or Smartsheet\n- Jira", {"jira": "essential"}),
    ("Requirements\n- Degree in construction management", {"edu_degree": "essential"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), IMPORTANCE)
def test_importance(text, expected):
    assert asked(text) == expected


def test_years_sizes_and_teams_are_requirements_too():
    text = (
        "Requirements\n- At least five years managing projects\n"
        "- You have delivered programmes worth €2.5m and led a team of 12"
    )
    found = {one.text: one for one in read_ad(text).requirements}

    years = next(one for one in found.values() if one.kind is Kind.YEARS)
    assert (years.years, years.managing) == (5.0, True)
    assert found["€2.5m"].amount == Decimal(2_500_000)
    assert found["€2.5m"].currency == "EUR"
    assert found["team of 12"].team == 12


def test_a_bare_dollar_is_that_of_the_country():
    text = "Requirements\n- Experience of project budgets above $3 million"

    def currency(dollar):
        found = read_ad(text, dollar=dollar).requirements
        return next(one.currency for one in found if one.amount)

    assert currency(None) is None
    assert currency("CAD") == "CAD"


def test_an_equivalent_is_noticed():
    assert read_ad("Requirements\n- PMP certification or equivalent").requirements[0].equivalent
    assert not read_ad("Requirements\n- PMP certification").requirements[0].equivalent


EITHER = [
    ("PMP oder IPMA Zertifizierung", {"cert_pmp/cert_ipma"}),
    ("PMP und IPMA Zertifizierung", {"cert_pmp", "cert_ipma"}),
    ("Zertifizierung (PMP, IPMA oder PRINCE2)", {"cert_pmp/cert_ipma/prince2"}),
    ("Zertifizierung wie PMP, PRINCE2", {"cert_pmp/prince2"}),
    ("Zertifizierung nach PMP oder eine IPMA-Zertifizierung", {"cert_pmp/cert_ipma"}),
    ("Certification PMP ou PRINCE2", {"cert_pmp/prince2"}),
    ("Certificação PMP e/ou PRINCE2", {"cert_pmp/prince2"}),
    ("Certificación PMP o PRINCE2", {"cert_pmp/prince2"}),
    ("PMP of PRINCE2 certificering", {"cert_pmp/prince2"}),
    ("PRINCE2 eller IPMA", {"prince2/cert_ipma"}),
]


@pytest.mark.parametrize(("text", "expected"), EITHER)
def test_an_or_of_another_language_makes_alternatives_too(text, expected):
    assert set(asked(f"Requirements\n- {text}")) == expected


@pytest.mark.parametrize("text", ["IPMA oder vergleichbar", "PMP Zertifizierung oder gleichwertig"])
def test_an_equivalent_is_noticed_in_german_too(text):
    assert read_ad(f"Requirements\n- {text}").requirements[0].equivalent


def test_every_requirement_quotes_its_sentence_to_the_letter():
    for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        text = f"  {row['heading']}\n\n• {row['text']}\n"
        for one in requirements_in(text):
            assert text[one.start : one.end] == one.quote
            assert one.text in text


CUES = [
    ("- No direct reports", "line_management", Verdict.RULED_OUT),
    ("- Two coordinators report to you", "line_management", Verdict.SHOWN),
    ("- You have no direct reports today", "line_management", Verdict.RULED_OUT),
    ("- Agree goals with your line manager", "line_management", None),
    ("- Sit on the programme board", "within_programmes", Verdict.SHOWN),
    ("- Deliver the training programme", "within_programmes", None),
    ("- Brief ministers on progress", "higher_profile", Verdict.SHOWN),
    ("- Work for a prestigious brand", "higher_profile", None),
    ("- Full P&L responsibility", "p_and_l", Verdict.SHOWN),
    ("- Help shape the strategy", "strategic_work", Verdict.SHOWN),
    ("- Work aligned with strategy", "strategic_work", None),
    ("- You may come from any sector", "breadth", Verdict.SHOWN),
]


@pytest.mark.parametrize(("duty", "characteristic", "verdict"), CUES)
def test_cues_and_their_false_friends(duty, characteristic, verdict):
    found = [c for c in read_ad(f"What you will do\n{duty}").cues
             if c.characteristic == characteristic]  # fmt: skip

    assert (found[0].verdict if found else None) is verdict
    assert all(cue.quote == duty for cue in found)


def test_an_agency_and_a_sector_are_noticed():
    text = "Our client builds wards: general contractor, subcontractors and architects on site."

    assert read_ad(text).agency
    assert read_ad(text).sector == "construction_fitout"
    assert not read_ad("We build wards.").agency


def test_an_ad_without_text_says_nothing():
    assert read_ad(None) == read_ad("")
    assert read_ad(None).requirements == ()


def test_the_labelled_sentences_stay_read():
    right = wrong = missed = 0
    for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        asks = [set(a[2:].split("/")) for a in row["asks"] if a.startswith("E ")]
        wanted = [names for names in asks if names <= set(skills())]
        free = {a[1:] for a in row["asks"] if a.startswith("?")}
        found = {
            frozenset(one.skills)
            for one in requirements_in(f"{row['heading']}\n- {row['text']}")
            if one.importance is Importance.ESSENTIAL and one.skills
        }
        hits = [names for names in wanted if any(names & one for one in found)]
        right, missed = right + len(hits), missed + len(wanted) - len(hits)
        wrong += sum(1 for one in found if not one & free and not any(one & w for w in wanted))

    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.97


def test_a_reading_can_be_kept_as_json_and_comes_back_unchanged():
    for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        reading = read_ad(f"{row['heading']}\n- {row['text']}\n- No direct reports", dollar="USD")

        assert reading_from_json(json.loads(json.dumps(reading_as_json(reading)))) == reading


@given(st.text(max_size=400))
def test_any_text_is_read_and_quoted_to_the_letter(text):
    reading = read_ad(f"Requirements\n{text}")

    for one in (*reading.requirements, *reading.cues):
        assert f"Requirements\n{text}"[one.start : one.end] == one.quote


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join))
def test_any_mixture_of_words_is_read(text):
    for one in read_ad(f"What you bring\n{text}").requirements:
        assert one.text in text
