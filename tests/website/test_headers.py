"""The headers that every answer carries, seen on answers of the middleware's own making."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django import Settings

from newsroom.website.headers import PERMISSIONS_POLICY, Nonce, SecurityHeadersMiddleware, policy_header

POLICY = {"default-src": ["'none'"], "script-src": ["'self'", "'nonce'"]}


def answer_to(view: Callable[[HttpRequest], HttpResponse], path: str = "/") -> HttpResponse:
    response = SecurityHeadersMiddleware(view)(RequestFactory().get(path))
    assert isinstance(response, HttpResponse)
    return response


def test_nonce_is_made_when_it_is_first_printed() -> None:
    nonce = Nonce()

    before, printed, after = bool(nonce), str(nonce), bool(nonce)

    assert (before, after) == (False, True)
    assert re.fullmatch(r"[\w-]{22}", printed)
    assert str(nonce) == printed


def test_policy_without_a_used_nonce_leaves_it_out() -> None:
    assert policy_header(POLICY, Nonce()) == "default-src 'none'; script-src 'self'"


def test_policy_with_a_used_nonce_names_it() -> None:
    nonce = Nonce()
    word = str(nonce)

    assert policy_header(POLICY, nonce) == f"default-src 'none'; script-src 'self' 'nonce-{word}'"


def test_plain_answer_carries_every_header(settings: Settings) -> None:
    settings.SECURE_CSP = POLICY

    response = answer_to(lambda request: HttpResponse("a page"))

    assert dict(response.headers) == {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-cache",
        "Content-Security-Policy": "default-src 'none'; script-src 'self'",
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "TDM-Reservation": "1",
        "TDM-Policy": "http://testserver/.well-known/tdm-policy.json",
    }


def test_answer_with_a_nonce_is_not_kept_by_anybody(settings: Settings) -> None:
    settings.SECURE_CSP = POLICY

    response = answer_to(lambda request: HttpResponse(str(request.csp_nonce)))

    assert response["Content-Security-Policy"] == (
        f"default-src 'none'; script-src 'self' 'nonce-{response.content.decode()}'"
    )
    assert response["Cache-Control"] == "private, no-store"


def test_view_that_says_how_long_it_may_be_kept_is_heard() -> None:
    response = answer_to(lambda request: HttpResponse(headers={"Cache-Control": "public, immutable"}))

    assert response["Cache-Control"] == "public, immutable"


def test_two_answers_never_share_a_nonce() -> None:
    middleware = SecurityHeadersMiddleware(lambda request: HttpResponse(str(request.csp_nonce)))

    words = {middleware(RequestFactory().get("/")).content for _ in range(20)}  # type: ignore[attr-defined]

    assert len(words) == 20


def test_view_that_serves_files_keeps_its_stricter_policy() -> None:
    def picture(request: HttpRequest) -> HttpResponse:
        return HttpResponse(
            headers={
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cross-Origin-Resource-Policy": "cross-origin",
            }
        )

    response = answer_to(picture)

    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_desk_alone_allows_the_style_of_its_editor(settings: Settings) -> None:
    settings.SECURE_CSP = POLICY
    settings.SECURE_CSP_ADMIN = {"style-src": ["'sha256-of-the-editor'"]}

    def page(request: HttpRequest) -> HttpResponse:
        request.resolver_match = resolve(request.path)
        return HttpResponse()

    assert answer_to(page, "/admin/login/")["Content-Security-Policy"] == "style-src 'sha256-of-the-editor'"


@pytest.mark.parametrize("policy", ["SECURE_CSP", "SECURE_CSP_ADMIN"])
def test_no_policy_lets_inline_code_run(settings: Settings, policy: str) -> None:
    sources = {source for directive in getattr(settings, policy).values() for source in directive}

    assert sources.isdisjoint({"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:", "http:"})


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/no/such/page/", "/admin/login/", "/healthz"])
def test_whole_site_answers_with_its_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers

    assert {name: headers.get(name) for name in SITE_WIDE} == SITE_WIDE
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")


SITE_WIDE = {
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.django_db
def test_mining_is_reserved_by_a_file_that_leads_to_the_terms(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_CONTACT = "desk@newsroom.example"

    [rule] = client.get("/.well-known/tdmrep.json").json()
    answer = client.get("/.well-known/tdm-policy.json")

    assert (rule["location"], rule["tdm-reservation"]) == ("/", 1)
    assert rule["tdm-policy"] == answer.json()["uid"] == "http://testserver/.well-known/tdm-policy.json"
    assert answer.json()["assigner"]["vcard:hasEmail"] == "mailto:desk@newsroom.example"
    assert answer["Content-Type"] == "application/ld+json"


@pytest.mark.parametrize("path", ["/", "/ko/", "/articles/", "/feeds/articles.atom", "/events.ics", "/nowhere/"])
@pytest.mark.django_db
def test_mining_is_reserved_on_every_page(client: Client, path: str) -> None:
    assert client.get(path)["TDM-Reservation"] == "1"
