"""The admin of partners and packages: each change of an entitlement settled and noted."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.confirming import author
from newsroom.partners import entitlement, packages
from newsroom.partners.forms import PackageForm, changed_contents
from newsroom.partners.models import AuditEntry, Package, Partner
from newsroom.pills import pill

SHOWN = 30
LICENCE = {"territory", "licence_starts_at", "licence_ends_at", "is_suspended", "requests_per_minute"}


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "standing", "contact_email", "licence_ends_at", "requests_per_minute"]
    list_filter = ["packages", "is_suspended"]
    search_fields = ["name", "contact_name", "contact_email"]
    ordering = ["name"]
    readonly_fields = ["uuid", "issued_keys", "stored", "audit_trail"]
    fieldsets = [
        (None, {"fields": ["name", "contact_name", "contact_email"]}),
        (_("Licence"), {"fields": ["packages", "territory", "licence_starts_at", "licence_ends_at", "is_suspended"]}),
        (_("For the desk"), {"fields": ["desk_note"]}),
        (_("Access"), {"classes": ["side"], "fields": ["requests_per_minute", "uuid"]}),
    ]
    panels = (
        (_("Keys"), {"classes": ["side", "seen"], "fields": ["issued_keys"]}),
        (_("Stored"), {"classes": ["side", "seen"], "fields": ["stored"]}),
        (_("Audit"), {"classes": ["side", "seen"], "fields": ["audit_trail"]}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_fieldsets(request, obj), *(self.panels if obj else ())]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Packages as boxes to tick, since there are few of them."""
        return super().formfield_for_manytomany(db_field, request, widget=CheckboxSelectMultiple, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A partner with a history is suspended instead: what it had stays on record."""
        may = super().has_delete_permission(request, obj)
        return may and not (obj and (obj.audit.exists() or obj.keys.exists()))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After the packages are known: keep what follows from them, and note what became different."""
        super().save_related(request, form, formsets, change)
        partner: Partner = form.instance
        if entitlement.settle(partner):
            names = [package.name for package in partner.packages.all()]
            self._note(request, partner, AuditEntry.Act.ENTITLED, get_text_list(names, gettext("and")))
        if changed := LICENCE & {*form.changed_data}:
            labels = sorted(str(form.fields[name].label) for name in changed)
            self._note(request, partner, AuditEntry.Act.LICENSED, get_text_list(labels, gettext("and")))

    def _note(self, request: HttpRequest, partner: Partner, act: str, note: str) -> None:
        by = author(request)
        AuditEntry.objects.create(partner=partner, act=act, note=note[:300], by=by, at=timezone.now())

    @admin.display(description=_("licence"))
    def standing(self, partner: Partner) -> SafeString:
        if partner.is_suspended:
            return pill("withdrawn", _("suspended"))
        runs = partner.is_licensed(timezone.now())
        return pill("allowed", _("runs")) if runs else pill("expired", _("does not run"))

    @admin.display(description=_("Keys"))
    def issued_keys(self, partner: Partner) -> str:
        now = timezone.now()
        keys = [{"key": key, "is_valid": key.is_valid(now)} for key in partner.keys.all()[:SHOWN]]
        return render_to_string("admin/partners/partner/_keys.html", {"keys": keys})

    @admin.display(description=_("Stored"))
    def stored(self, partner: Partner) -> str:
        proofs = partner.acknowledgements.order_by("types")
        return render_to_string("admin/partners/partner/_stored.html", {"proofs": proofs})

    @admin.display(description=_("Audit"))
    def audit_trail(self, partner: Partner) -> str:
        entries = partner.audit.select_related("by", "key")[:SHOWN]
        return render_to_string("admin/partners/partner/_audit.html", {"entries": entries})


def _note_for_holders(request: HttpRequest, package: Package) -> None:
    """In the audit of each partner who holds the package: it may have something else from now on."""
    words = gettext("“%(package)s” holds something else") % {"package": package}
    said = {"act": AuditEntry.Act.ENTITLED, "note": words[:300], "by": author(request), "at": timezone.now()}
    AuditEntry.objects.bulk_create(AuditEntry(partner=partner, **said) for partner in package.partners.all())


@admin.register(Package)
class PackageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = PackageForm
    list_display = ["name", "contents", "source_terms", "has_pictures", "readiness"]
    search_fields = ["name", "slug", "description"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["topics"]
    fieldsets = [
        (None, {"fields": ["name", "description", "kinds", "topics", "languages", "countries"]}),
        (_("Rights"), {"fields": ["source_terms", "has_pictures", "territories"]}),
        (_("Page"), {"classes": ["side"], "fields": ["slug"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """As many as a mask has bits."""
        match = request.resolver_match
        is_here = match is not None and (match.url_name or "").startswith("partners_package_")  # others show a menu
        return super().has_add_permission(request) and (not is_here or Package.objects.count() < packages.MOST)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one that no partner holds."""
        return super().has_delete_permission(request, obj) and not (obj and obj.partners.exists())

    def get_actions(self, request: HttpRequest) -> Any:
        """One at a time: deleting from the list would not ask who holds them."""
        return {}

    def save_model(self, request: HttpRequest, obj: Package, form: Any, change: bool) -> None:
        if not change:
            obj.bit = packages.free_bit()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What the package holds now is written on the feed after COMMIT, in steps that let others write."""
        super().save_related(request, form, formsets, change)
        if not change or changed_contents(form):
            packages.unsettle(form.instance)
            _note_for_holders(request, form.instance)
            transaction.on_commit(partial(packages.fill, form.instance))

    def delete_model(self, request: HttpRequest, obj: Package) -> None:
        mask = obj.mask
        super().delete_model(request, obj)
        transaction.on_commit(partial(packages.empty, mask))

    @admin.display(description=_("kinds of object"))
    def contents(self, package: Package) -> str:
        return ", ".join(package.kinds)

    @admin.display(description=_("state"))
    def readiness(self, package: Package) -> SafeString:
        return pill("allowed", _("ready")) if package.is_settled else pill("changed", _("being computed"))
