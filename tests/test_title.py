"""The coarse net over titles: what may be project work passes, clear others do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.title import names_project_work

POSSIBLE = [
    "Project Manager", "Senior Project Manager", "PROJECT MANAGER II", "Junior project manager",
    "IT Project Manager (m/f/d)", "Technical Program Manager, Payments", "Programme Director",
    "Program Manager", "Project Coordinator", "Project Co-ordinator", "Project Administrator",
    "Project Support Officer", "PMO Analyst", "Head of PMO", "EPMO Lead", "PMO", "TPM", "P3O Lead",
    "Portfolio Manager", "Portfolio Delivery Manager", "Project Controls Manager",
    "Project Management Officer", "Projects Officer", "Project & Change Manager",
    "Director, Programme Management", "VP, Program Management", "Head of Projects",
    "Director of Strategic Programs", "Head of Transformation", "Chief Transformation Officer",
    "Business Change Manager", "Transformation Lead", "Change Management Consultant",
    "Delivery Manager", "Agile Delivery Lead", "Head of Delivery", "Service Delivery Manager",
    "Scrum Master", "ScrumMaster", "Agile Coach", "Release Train Engineer", "Project Engineer",
    "Project Planner", "Planning Engineer", "Scheduler", "Cost Controller", "Implementation Lead",
    "Workstream Lead", "Engagement Manager", "Construction Project Manager", "Construction Manager",
    "Project Lead", "Project Leader", "Project Director", "Project Executive", "Project Assistant",
    "Project Intern", "Marketing Project Specialist", "Clinical Project Manager", "PM - Payments",
    "Projektleiter (m/w/d)", "Projektleiterin Bau", "IT-Projektmanager", "Projektassistenz",
    "Gesamtprojektleiter", "Bauleiter", "Projektkoordinator", "Programmleiter", "Projektsteuerer",
    "Projektledare", "IT-projektledare", "Byggprojektledare", "Projektchef", "Prosjektleder",
    "Projektleder", "Projectleider", "Programmamanager", "Projectmanager", "Projectondersteuner",
    "Chef de projet", "Cheffe de projet digital", "Directrice de programme", "Chargé de projet",
    "Responsable de projets", "Chef(fe) de projet", "Jefe de Proyecto", "Jefa de proyectos",
    "Gestor de proyectos", "Coordinadora de proyectos", "Gerente de Projetos", "Capo progetto",
    "Responsabile di progetto", "Kierownik projektu", "Director de Programas",
]  # fmt: skip

OTHER = [
    "Product Manager", "Senior Product Owner", "Account Manager", "Property Manager",
    "Software Engineer", "Delivery Driver", "Parcel Delivery Associate", "Programmer",
    "Computer Programmer Analyst", "Sales Director", "Improject", "Nurse", "Store Manager",
    "Portfolio Manager, Fixed Income", "Investment Portfolio Analyst", "Data Analyst",
    "Changeover technician", "Product Delivery Manager", "",
]  # fmt: skip

WORDS = [
    ("Senior IT Project Manager (m/f/d)", "Project Manager"),
    ("Lead Scrum Master - Leeds", "Scrum Master"),
    ("IT-Projektleiter Ausbau", "IT-Projektleiter"),
]


@pytest.mark.parametrize("title", POSSIBLE)
def test_possible_project_titles_pass(title):
    assert names_project_work(title)


@pytest.mark.parametrize("title", OTHER)
def test_clear_others_do_not(title):
    assert names_project_work(title) is None


@pytest.mark.parametrize(("title", "words"), WORDS)
def test_the_words_that_decided_are_returned(title, words):
    assert names_project_work(title) == words


@given(st.text() | st.lists(st.sampled_from([*POSSIBLE, *OTHER])).map(" ".join))
def test_any_title_is_read_and_the_words_are_in_it(title):
    words = names_project_work(title)
    assert words is None or (words and words in title)
