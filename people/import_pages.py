"""Who's who in the admin: a table checked row by row first, and written once its editor has seen what it would do."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom import csv_export, csv_import, policy
from newsroom.confirming import author
from newsroom.csv_import import Row
from newsroom.desk_pages import form_of, framed, name_of, page_of
from people.imports import IMPORTS, Import, Outcome

KEPT_FOR = 24 * 60 * 60  # seconds between the check and the confirmation


class UploadForm(forms.Form):
    """The file; what is wrong with it is said beside it."""

    table = forms.FileField(label=gettext_lazy("CSV file"), help_text=gettext_lazy("At most 2,000 rows or 1 MB."))

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_table(self) -> csv_import.Table:
        importer, upload = IMPORTS[self.kind], self.cleaned_data["table"]
        try:
            return csv_import.read(
                upload.read(csv_import.MOST_BYTES + 1),
                importer.columns,
                required=importer.required,
                ignored=importer.ignored,
            )
        except csv_import.Unreadable as error:
            raise forms.ValidationError(str(error), "unreadable") from error


class Imported(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list into which a table can be brought; for whoever may add such records and change any of them."""

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(self.import_view)
        return [path("import/", page, name=name_of(self.model, "import")), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        shown = {"import_address": self._address()} if self._may_import(request) else {}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    def import_view(self, request: HttpRequest) -> HttpResponseBase:
        """Ask for a file; say what each of its rows would do; do it once that is confirmed."""
        if not self._may_import(request):
            raise PermissionDenied
        if "template" in request.GET:
            return csv_export.rows(self._importer.columns, [], name=f"{self._kind}-template.csv")
        if request.method == "POST" and "confirmed" in request.POST:
            return self._written(request)
        form = UploadForm(self._kind, *((request.POST, request.FILES) if request.method == "POST" else ()))
        if form.is_bound and form.is_valid():
            return self._checked(request, form.cleaned_data["table"])
        return self._page(request, {"form": form})

    @property
    def _kind(self) -> str:
        return str(self.opts.model_name)

    @property
    def _importer(self) -> Import:
        return IMPORTS[self._kind]

    def _may_import(self, request: HttpRequest) -> bool:
        return all(policy.can(request.user, act, self.model) for act in ("add", "show"))

    def _address(self) -> str:
        return page_of(self.model, "import")

    def _checked(self, request: HttpRequest, table: csv_import.Table) -> HttpResponse:
        outcomes = self._importer.plan(table.rows)
        kept = signing.dumps([dataclasses.astuple(row) for row in table.rows], salt=self._salt(request), compress=True)
        is_needed = any(outcome.verdict == "new" or outcome.adds for outcome in outcomes)
        return self._page(request, {**_told(outcomes), "kept": kept if is_needed else "", "ignored": table.ignored})

    def _written(self, request: HttpRequest) -> HttpResponse:
        try:
            kept = signing.loads(request.POST["confirmed"], salt=self._salt(request), max_age=KEPT_FOR)
        except signing.BadSignature:
            form = UploadForm(self._kind)
            refusal = _("The check was made more than a day ago, or by somebody else: choose the file again.")
            return self._page(request, {"form": form, "refusal": refusal})
        outcomes = self._importer.write([Row(line, cells) for line, cells in kept], by=author(request))
        return self._page(request, {**_told(outcomes), "is_done": True})

    def _salt(self, request: HttpRequest) -> str:
        return f"import {self._kind} {request.user.pk}"

    def _page(self, request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
        names = self.opts.verbose_name_plural
        context = {
            **framed(request, self.model, _("Import %(names)s") % {"names": names}),
            "columns": _columns(self._importer),
            "template_address": f"{self._address()}?template=1",
            **shown,
        }
        return TemplateResponse(request, "admin/imports/page.html", context)


def _told(outcomes: list[Outcome]) -> dict[str, Any]:
    """The rows as the page tells them, and how many of each sort."""
    counted = Counter(_sort(outcome) for outcome in outcomes)
    return {"outcomes": [_line(outcome) for outcome in outcomes], "counts": counted, "total": len(outcomes)}


def _sort(outcome: Outcome) -> str:
    return "added" if outcome.verdict == "known" and outcome.adds else outcome.verdict


def _line(outcome: Outcome) -> dict[str, Any]:
    record: Any = outcome.record
    address = form_of(record) if record is not None and record.pk else ""
    return {
        "line": outcome.row.line,
        "name": outcome.name,
        "sort": _sort(outcome),
        "address": address,
        "adds": outcome.adds,
        "reasons": [{"column": column, "words": words} for column, words in outcome.reasons.items()],
    }


def _columns(importer: Import) -> list[dict[str, Any]]:
    """What the page says of each column: its name in files, what it means, and whether it has to be there."""
    fields = [(name, importer.model._meta.get_field(name)) for name in importer.columns]
    return [
        {
            "name": name,
            "means": capfirst(str(field.verbose_name)),
            "help": field.help_text,
            "choices": [value for value, _label in field.choices or ()] if name != "country" else [],
            "is_required": name in importer.required,
        }
        for name, field in fields
    ]
