"""Articles that answer what citizens ask: found, read whole, and marked as the answer or not. The desk's tool and the
page of knowledge show them alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from hub120.referral.v1 import knowledge_service_pb2 as pb
from starlette.responses import Response
from starlette.routing import Route

from services.console.visits import House, Visit

_SHOWN = 8


def routes(house: House, path: str) -> Sequence[Route]:
    """What is done with articles, below a path that may name a case."""
    return [
        house.action(f"{path}/search", search),
        house.action(f"{path}/read", read),
        house.action(f"{path}/mark", mark),
    ]


async def search(visit: Visit) -> Response:
    """The articles that answer best, and who did not answer."""
    form = await visit.form()
    found = await visit.ask(pb.SearchKnowledgeRequest(question=form["question"], limit=_SHOWN))
    return visit.done(
        visit.part("knowledge-found", "knowledge/found.html", found=found, path=_path(visit), case_id=_case(visit))
    )


async def read(visit: Visit) -> Response:
    """One of the hub's own, whole, where it stands among those found."""
    form = await visit.form()
    found = await visit.ask(pb.GetArticleRequest(article_id=form["article_id"]))
    place = f"article-{form.number('place')}"
    return visit.done(visit.part(place, "knowledge/article.html", article=found.article, case_id=_case(visit)))


async def mark(visit: Visit) -> Response:
    """Whether it was the answer. Said again the last word counts."""
    form = await visit.form()
    marked = await visit.ask(
        pb.MarkAnswerRequest(case_id=_case(visit), article_id=form["article_id"], helped=form["helped"] == "yes")
    )
    said = visit.t("knowledge.marked", helped=marked.helped, marked=marked.marked)
    return visit.done(said=said)


def _case(visit: Visit) -> str:
    return visit.path.get("case_id", "")


def _path(visit: Visit) -> str:
    return visit.request.url.path.rpartition("/")[0]
