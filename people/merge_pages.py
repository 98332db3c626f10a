"""Who's who in the admin: two records side by side, before they become one, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from newsroom import changes, policy, trash_admin
from newsroom.confirming import OVERTAKEN, Confirming, Verb, author, lock_as_shown, of_each, shown_as, standing_of
from newsroom.desk_pages import framed, name_of, page_of
from newsroom.refusals import explain, is_key
from people import merging
from people.merging import Choice

MOST_FOUND = 20
EXACTLY_TWO = gettext_noop("Choose exactly two to merge. Nothing was done.")


class MergeForm(forms.Form):
    """Which record stays, and whose word it has in each thing that they say differently."""

    def __init__(self, one: Any, other: Any, sent: Any = None) -> None:
        super().__init__(sent)
        self.records = {str(record.pk): record for record in (one, other)}
        self.choices = merging.choices(one, other)
        self.fields["keep"] = _side(
            gettext_lazy("Which record stays, with its address and its public id"), self._named()
        )
        for choice in self.differing:
            said = [(key, words or _("(empty)")) for key, words in zip(self.records, choice.said, strict=True)]
            self.fields[choice.name] = _side(capfirst(choice.label), said)
        self.initial = self._likely()

    @property
    def differing(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.differs]

    @property
    def agreed(self) -> list[Choice]:
        return [choice for choice in self.choices if not choice.differs]

    def decided(self) -> tuple[Any, Any, dict[str, bool]]:
        """The record that goes, the one that stays, and what that one takes from the other."""
        keep = self.cleaned_data["keep"]
        going = next(record for key, record in self.records.items() if key != keep)
        return going, self.records[keep], {one.name: self.cleaned_data[one.name] != keep for one in self.differing}

    def _named(self) -> list[tuple[str, str]]:
        return [(key, f"{record} — {record.get_absolute_url()}") for key, record in self.records.items()]

    def _likely(self) -> dict[str, str]:
        """The public one, else the older one, with what it says; where it says nothing, what the other says."""
        keep, other = sorted(self.records, key=lambda key: not self.records[key].is_public)
        said = {one.name: dict(zip(self.records, one.said, strict=True)) for one in self.differing}
        likely = {name: keep if words[keep] else other for name, words in said.items()}
        return likely | {"keep": keep, **({"is_public": keep} if "is_public" in likely else {})}


def _side(label: Any, said: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=said, widget=forms.RadioSelect)


def _what_stays(row: Any) -> str:
    """Before an undoing: why it cannot be, or what of it cannot."""
    if reason := merging.why_not_undone(row):
        return reason
    words = _("“%(row)s” gets back what it had; what was added to “%(other)s” since stays there.")
    stays = [words % {"row": row, "other": row.merged_into}, *merging.what_would_stay(row)]
    return " ".join(stays)


UNMERGE = Verb(
    "unmerge",
    merging.undo,
    forms.Form,
    gettext_lazy("Undo the merge…"),
    gettext_lazy("Undo the merges of the selected %(verbose_name_plural)s…"),
    gettext_lazy("Undo the merge?"),
    gettext_lazy("“%(row)s” stands for itself again."),
    of_each(_what_stays),
    is_for_trash=True,
)


def merge_selected(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
    """From the list: the two that are ticked."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:3])
    if len(keys) != 2:
        model_admin.message_user(request, _(EXACTLY_TWO), messages.ERROR)
        return None
    return HttpResponseRedirect(model_admin.merge_address(keys))


class Merging(Confirming):
    """Records of which two may turn out to be one."""

    verbs: ClassVar[Mapping[str, Verb]] = {**trash_admin.VERBS, UNMERGE.name: UNMERGE}

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", page, name=name_of(self.model, "merge")), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        is_plain = not (request.GET.get("_popup") or request.GET.get("trash"))
        if not is_plain or not policy.can(request.user, "merge", self.model):
            return actions
        return actions | {"merge_selected": (merge_selected, "merge_selected", _("Merge the two selected…"))}

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        if row is not None and policy.can(request.user, "merge", row):
            context["merge_address"] = self.merge_address([row.pk])
        if row is not None and policy.is_merged(row):
            for loss in row.merge.losses:
                self.message_user(request, loss, messages.WARNING)
        return super().render_change_form(request, context, *args, **kwargs)

    def merge_address(self, keys: Iterable[int]) -> str:
        return f"{page_of(self.model, 'merge')}?{urlencode({'id': [*keys]}, doseq=True)}"

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Choose the other record, then decide."""
        if not policy.can(request.user, "merge", self.model):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        rows = self._named(sent.getlist("id"))
        if len(rows) not in {1, 2}:
            self.message_user(request, _(EXACTLY_TWO), messages.ERROR)
            return HttpResponseRedirect(self._list())
        if any(not policy.can(request.user, "merge", row) for row in rows if not policy.is_trashed(row)):
            raise PermissionDenied
        if len(rows) == 1:
            return self._choose(request, rows[0])
        return self._decide(request, rows)

    def _decide(self, request: HttpRequest, rows: list[Any]) -> HttpResponse:
        """Look at both, say what of each stays, and be done."""
        if reason := merging.why_not(*rows):
            return self._merge_page(request, rows, {"refusal": reason})
        one, other = rows
        form = MergeForm(one, other, request.POST if request.method == "POST" else None)
        refusal: HttpResponse | str = _(OVERTAKEN) if _is_overtaken(request, rows) else ""
        if not refusal and form.is_valid():
            refusal = self._merge(request, form)
        if isinstance(refusal, HttpResponse):
            return refusal
        return self._merge_page(
            request, rows, {"form": form, "refusal": refusal, "sides": [_side_of(row) for row in rows]}
        )

    def _named(self, keys: list[str]) -> list[Any]:
        """The records, at most three, in the order in which they were named."""
        wanted = list(dict.fromkeys(int(key) for key in keys if is_key(key)))[:3]
        found = self.model._base_manager.in_bulk(wanted)
        if len(found) < len(wanted):
            raise Http404
        return [found[key] for key in wanted]

    def _merge(self, request: HttpRequest, form: MergeForm) -> HttpResponse | str:
        """Where to go on once it is done, or why it is not."""
        going, staying, taken = form.decided()
        try:
            with changes.recording():
                for row in sorted((going, staying), key=lambda one: one.pk):
                    lock_as_shown(row, request.POST.get(shown_as(row)))
                made = merging.merge(going, into=staying, by=author(request), at=timezone.now(), taken=taken)
        except (policy.Refused, IntegrityError) as refusal:
            return explain(refusal) if isinstance(refusal, IntegrityError) else str(refusal)
        self.message_user(request, _("“%(going)s” was merged into this.") % {"going": going}, messages.SUCCESS)
        for loss in made.losses:
            self.message_user(request, loss, messages.WARNING)
        return HttpResponseRedirect(self._form(staying.pk))

    def _choose(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Who the other may be: by the names of this one, or by what is typed."""
        words = request.GET.get("q", "").replace("\x00", "").strip()
        found, _distinct = self.get_search_results(request, self.get_queryset(request), words)
        rows = found.filter(trashed_at=None).exclude(pk=row.pk)[:MOST_FOUND] if words else merging.alike(row)
        hits = [{"row": one, "address": self.merge_address([row.pk, one.pk])} for one in rows]
        return self._merge_page(request, [row], {"hits": hits, "q": words, "is_choosing": True})

    def _merge_page(self, request: HttpRequest, rows: list[Any], shown: dict[str, Any]) -> HttpResponse:
        context = {
            **framed(request, self.model, _("Merge %(names)s") % {"names": self.opts.verbose_name_plural}),
            "rows": [
                {"row": row, "address": self._form(row.pk), "standing": standing_of(row), "shown_as": shown_as(row)}
                for row in rows
            ],
            "back": self._list(),
            **shown,
        }
        return TemplateResponse(request, "admin/people/merge.html", context)


def _is_overtaken(request: HttpRequest, rows: list[Any]) -> bool:
    """Whether what is sent was decided on records that stood otherwise."""
    return request.method == "POST" and any(request.POST.get(shown_as(row)) != standing_of(row) for row in rows)


def _side_of(row: Any) -> dict[str, Any]:
    """What hangs on a record, and every spelling of it."""
    return {"row": row, "links": merging.links(row), "spellings": [variant.spelling for variant in row.variants.all()]}
