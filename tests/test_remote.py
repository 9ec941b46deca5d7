"""Where the work is done, as fields, places, titles and sentences say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.remote import find_remote

WORKPLACES = [
    ("remote", "remote"), ("REMOTE", "remote"), ("hybrid", "hybrid"), ("Hybrid", "hybrid"),
    ("onsite", "onsite"), ("on-site", "onsite"), ("On Site", "onsite"), ("ORA_HYBRID", "hybrid"),
    ("fully", "remote"), ("TELECOMMUTE", "remote"), ("Hybrid Remote", "hybrid"),
    ("Fully Remote", "remote"), ("none", None), ("unspecified", None), ("", None), ("x", None),
]  # fmt: skip

LOCATIONS = [
    ("Remote", "remote"), ("Remote - US", "remote"), ("Remote (Spain)", "remote"),
    ("Home based - EMEA", "remote"), ("London, UK (Hybrid)", "hybrid"),
    ("Hybrid - Remote, Berlin", "hybrid"), ("Virtual (100% Remote)", "remote"),
    ("Anywhere in the World", "remote"), ("Oslo / Remote", "remote"), ("In-Office", "onsite"),
    ("Onsite or Remote", "hybrid"), ("London", None), (None, None), ("Remoteville", None),
]  # fmt: skip

SENTENCES = [
    ("This is a remote position.", "remote"),
    ("This role is fully remote within the EU.", "remote"),
    ("The role is home-based.", "remote"),
    ("You will be working from home.", "remote"),
    ("You can work remotely from anywhere in Spain.", "remote"),
    ("Location: Remote", "remote"),
    ("Workplace type: Remote", "remote"),
    ("Stelle 100 % remote", "remote"),
    ("We are a remote-first company", "remote"),
    ("Hybrid working: two days in Leeds.", "hybrid"),
    ("This is a hybrid role.", "hybrid"),
    ("You spend 3 days a week in our Bristol office.", "hybrid"),
    ("two days per week from home", "hybrid"),
    ("The role is remote with 2 days per week in the office.", "hybrid"),
    ("Working model: hybrid", "hybrid"),
    ("This role is on-site.", "onsite"),
    ("No remote working.", "onsite"),
    ("This is not a remote role.", "onsite"),
    ("Remote work is not possible.", "onsite"),
    ("Fully onsite, five days a week", "onsite"),
    ("You visit remote sites in Norway.", None),
    ("You build remote-controlled cranes.", None),
    ("You lead remote teams.", None),
    ("Experience managing hybrid teams.", None),
    ("A hybrid cloud programme.", None),
    ("You run hybrid agile projects.", None),
    ("You know remote monitoring and remote access tools.", None),
    ("An e-mail to the home office.", None),
    ("Our home page tells more.", None),
    ("", None),
]


@pytest.mark.parametrize(("workplace", "kind"), WORKPLACES)
def test_a_field_made_for_it_says_so(workplace, kind):
    found = find_remote(workplace=workplace)
    assert (found and found.kind.value) == kind


@pytest.mark.parametrize(("location", "kind"), LOCATIONS)
def test_the_place_may_say_so(location, kind):
    found = find_remote(location=location)
    assert (found and found.kind.value) == kind


@pytest.mark.parametrize(("sentence", "kind"), SENTENCES)
def test_sentences_about_the_post_say_so(sentence, kind):
    found = find_remote(description=f"You plan the work.\n{sentence}\nApply by May.")
    assert (found and found.kind.value) == kind


def test_hybrid_in_the_text_qualifies_a_flag_a_place_and_a_title():
    text = "Expect two days a week in the office."
    assert find_remote(telecommute=True, description=text).kind == "hybrid"
    assert find_remote(location="Remote - UK", description=text).kind == "hybrid"
    assert find_remote(title="PMO Lead (remote)", description=text).kind == "hybrid"


def test_a_field_made_for_it_wins_over_all_else():
    found = find_remote(workplace="remote", description="This is a hybrid role.")
    assert found.kind == "remote"


def test_a_flag_says_remote_or_nothing():
    assert find_remote(telecommute=True).text == "remote: true"
    assert find_remote(telecommute=False) is None


def test_a_title_can_say_so_unless_it_names_something_remote():
    assert find_remote(title="Project Manager - Remote").kind == "remote"
    assert find_remote(title="Project Manager, Remote Sensing") is None


@given(st.text(), st.text(), st.text())
def test_any_text_is_read_and_the_words_are_in_it(location, title, description):
    found = find_remote(
        location=location, title=title, description=f"{description}\nThis is a hybrid role"
    )
    assert found.text in "\n".join((location, title, description, "This is a hybrid role"))
