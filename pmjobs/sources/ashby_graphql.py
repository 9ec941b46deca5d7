"""Ashby boards through the question their own job pages ask: titles, places and pay, no text.

For boards whose posting API is off. Field notes:
- the interface is not documented for the public, so robots.txt must be readable and allow it.
- an unknown board is {"data": {"jobBoard": null}}.
- there is neither text nor date; `compensationTierSummary` is pay in words with a bare sign.
- departments are a tree: `teamId` points at a team, `parentTeamId` at the one above.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, only, read_board, token

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "ashby_graphql"
OPTIONS: dict[str, str] = {}
BASE_URL = "https://jobs.ashbyhq.com"
JOB_PAGE = "https://jobs.ashbyhq.com"

QUESTION = """
query ApiJobBoardWithTeams($organizationHostedJobsPageName: String!) {
  jobBoard: jobBoardWithTeams(
    organizationHostedJobsPageName: $organizationHostedJobsPageName
  ) {
    teams { id name parentTeamId }
    jobPostings {
      id title teamId locationId locationName workplaceType employmentType
      secondaryLocations { locationId locationName }
      compensationTierSummary
    }
  }
}
"""


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the board's one document. Raises FetchError if there is no such board."""
    token(board)
    document = await client.post_json(
        f"{base_url(board, BASE_URL)}/api/non-user-graphql",
        {
            "operationName": "ApiJobBoardWithTeams",
            "variables": {"organizationHostedJobsPageName": board.board},
            "query": QUESTION,
        },
        params={"op": "ApiJobBoardWithTeams"},
        documented=False,
    )
    _board_in(board, document)
    return [document]


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if the document is no board."""
    document = only(documents, board.key)
    answer = _board_in(board, document)
    ads = ads_in(answer, board.key, "jobPostings")
    teams = answer.get("teams")
    names = {
        team.get("id"): team.get("name")
        for team in (teams if isinstance(teams, list) else [])
        if isinstance(team, dict) and isinstance(team.get("id"), str)
    }

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for ad in ads:
            if (name := ad_id(ad, "id")) is None:
                yield None, None, ad
                continue
            # The team's name stands outside the ad; without it the id would say nothing.
            team = names.get(ad["teamId"]) if isinstance(ad.get("teamId"), str) else None
            url = f"{JOB_PAGE}/{token(board)}/{name}"
            yield f"{board.board}/{name}", url, ({**ad, "teamName": team} if team else ad)

    return read_board(board, each(), document)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kind = ad.text("employmentType")
    towns = [ad.text("locationName")]
    towns += [item.text("locationName") for item in ad.each("secondaryLocations")]
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=payload.source_id.split("/")[0],
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=places(*towns),
        department=ad.text("teamName"),
    )
    return completed(
        posting,
        pay_text=ad.text("compensationTierSummary"),
        place_text=ad.text("locationName"),
        workplace=ad.text("workplaceType"),
    )


def _board_in(board: Board, document: Document) -> dict[str, Any]:
    answer = json_of(document, board.key)
    data = answer.get("data") if isinstance(answer, dict) else None
    if isinstance(data, dict) and "jobBoard" in data and data["jobBoard"] is None:
        raise FetchError(
            f"ashby_graphql: no board called {board.board!r}; take the name from a job link, "
            "capitals count",
            status=404,
        )
    found = data.get("jobBoard") if isinstance(data, dict) else None
    if not isinstance(found, dict):
        raise FetchError(f"{board.key}: no board in the answer; the interface may have changed")
    return found
