"""Tell from a title whether an ad may be project work.

A coarse net: it decides which detail pages are worth a request and what is counted as a
possible project ad. Look-alikes pass (a programme manager of a museum), since whether the work
is project work is decided later from the text; product, account and property titles do not.
"""

import re

# Words of a title, coordinator to executive, in the languages of the boards read so far.
_PROJECT_WORK = re.compile(
    r"""
    (?<![^\W_])(?:
      # project, programme, portfolio with any role word: "project services lead", "PMO analyst"
      (?:projects?|program(?:me)?s?|portfolio)(?:[\s/&,-]+(?:and[\s]+)?[\w'’.]+){0,2}?[\s/&,-]+
        (?:manage(?:r|ment)|lead(?:er)?|director|head|officer|coordinat(?:or|ion)|co-ordinator
          |administrator|admin|analyst|assistant|associate|controls?|controller|planner|scheduler
          |specialist|consultant|executive|office|owner|support|sponsor|expert|principal|vp
          |president|supervisor|engineer|adviser|advisor|intern|trainee|delivery|operations)
      | (?:head|director|vp|vice\ president|svp|evp|chief|manager|lead|leader|president)
        (?:\ of|,|\ -|\ –)?\ (?:the\ )?(?:[\w'’&]+\ ){0,3}?
        (?:projects?|program(?:me)?s?|portfolios?|pmo|epmo|transformation|change|delivery)
      | (?:e|t)?pmo | p3o | pm[ip]o | [tm]pm | technical\ program\b | pgmo
      | (?:it|agile|service|technical|software|digital|client|solutions?|engagement|product)?\s?
        delivery\ (?:manager|lead|director|head|coordinator|consultant|executive|partner)
      | (?:head|director|vp)\ of\ (?:[\w&]+\ ){0,2}delivery
      | (?:business\ |digital\ |it\ |agile\ |enterprise\ |organi[sz]ational\ |finance\ |hr\ )?
        (?:transformation|change)\ (?:[\w&]+\ ){0,2}?(?:manager|lead|leader|director|officer|office
          |consultant|analyst|partner|coordinator|specialist|executive|agent)
      | chief\ (?:transformation|project|programme?|delivery|change|portfolio)\ officer
      | ctro | cpmo
      | scrum\ ?master | agile\ (?:coach|lead|master|delivery|program(?:me)?|project|practitioner)
      | release\ train\ engineer | rte | iteration\ manager | sprint\ lead
      | implementation\ (?:manager|lead|director|consultant|coordinator|specialist)
      | (?:master\ )?(?:planner|planning\ engineer|scheduler) | cost\ (?:controller|engineer)
      | project\ accountant | workstream\ lead | work\ ?package\ manager | benefits\ manager
      | mobili[sz]ation\ manager | cutover\ manager | release\ manager | deployment\ manager
      | resident\ engineer | construction\ manager | site\ manager | clerk\ of\ works
      | engagement\ manager | pm
      # bare, as the whole of a title or at its end: "Projects", "Head of Projects"
      | projects?\ (?:professional|manager|management)
      # German, Swedish, Danish, Norwegian, Dutch compounds
      | (?:[\w-]*?(?:projekt|programm|prosjekt|project|programma|portfolio))-?
        (?:s?leit(?:er|ung|erin)\w*|manage(?:r|ment|rin)\w*|koordinat\w*|assisten\w*|controll\w*
          |ingenieur\w*|büro\w*|steuer\w*|mitarbeit\w*|planer\w*|led(?:are|er|else)\w*|chef\w*
          |konsulent\w*|administrat\w*|leiders?|ondersteun\w*|verantwortlich\w*|direktor\w*)
      | gesamtprojektleit\w* | bauleit\w* | oberbauleit\w* | delprojektledare | uppdragsledare
      | förändringsledare | byggledare | leveransansvarig | transformations?manager\w*
      # French, Spanish, Portuguese, Italian, Polish, Dutch phrases
      | (?:chef|cheffe|directeur|directrice|responsable|coordinateur|coordinatrice|charg[ée]e?
          |assistante?|gestionnaire|pilote|ma[iî]tre)(?:[·.(]?(?:fe|e|ne)\)?)?\s(?:de\s|du\s|d['’]|des\s|aux\s)?
          (?:la\s)?(?:projets?|programmes?|portefeuille|transformation|conduite\ du\ changement)
      | (?:jef[ea]|director[a]?|gerente|gestora?|coordinador[a]?|responsable|líder|encargad[oa]
          |asistente|técnic[oa]|coordenador[a]?|gestor[a]?|analista)(?:[/(]?[ao]?\)?)?\s
          (?:de\s|del\s|dos?\s)(?:la\s)?
          (?:proyectos?|programas?|projetos?|portafolio|transformación)
      | (?:responsabile|direttore|coordinatore|capo)\s(?:di\s)?(?:progett[oi]|programm[ai])
      | capo\ ?progetto | (?:kierownik|menedżer|koordynator)\ (?:projekt\w+|program\w+)
    )(?![^\W_])
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What the pattern would take for project work and is not.
_OTHER_WORK = re.compile(
    r"""
    (?<![^\W_])(?:
      product\ (?:delivery\ )?(?:manager|owner) | portfolio\ (?:manager|management)\W+(?:[\w&]+\W+)?
        (?:equit\w+|fixed\ income|invest\w+|credit|bonds?|wealth|trading|real\ estate|funds?)
      | (?:investment|equity|credit|fund|wealth|real\ estate)\ portfolio\ (?:manager|analyst)
      | (?:parcel|food|mail|pizza|grocery|truck)\ delivery | delivery\ (?:driver|rider|associate)
      | computer\ programmer | program(?:mer|ming)\ (?:analyst|engineer)
      | (?:event|film|radio|tv|television)\ program(?:me)?\ (?:producer|presenter)
    )(?![^\W_])
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A word of one of these roots stands in every title the pattern takes.
_HINT = re.compile(
    r"pro[jsg]|portf|pm|delivery|transform|chang|scrum|agile|p3o|rte|release|implement|plan|sched"
    r"|cost|workst|work ?pack|benefit|mobili|cutover|deploy|resident|construct|site|clerk|engage"
    r"|iteration|sprint|bauleit|uppdrag|förändr|bygg|leverans|conduite|ctro|proyect|capo|portaf",
    re.IGNORECASE,
)


def names_project_work(title: str) -> str | None:
    """Return the words that make `title` one of possible project work, or None.

    >>> names_project_work("Senior IT Project Manager (m/f/d)")
    'Project Manager'
    >>> names_project_work("Senior Product Manager")
    """
    title = title[:300]
    if not _HINT.search(title):
        return None
    for match in _PROJECT_WORK.finditer(title):
        if not any(
            other.start() < match.end() and match.start() < other.end()
            for other in _OTHER_WORK.finditer(title)
        ):
            return match[0].strip()
    return None
