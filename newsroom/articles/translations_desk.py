"""The copy desk in the admin: which story a translation was made from, and whether that one has changed since."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom import policy
from newsroom.admin import Rows
from newsroom.articles import filing
from newsroom.articles.models import Article, Translation
from newsroom.articles.translations import behind, newest_edition
from newsroom.forms import RowsFormSet
from newsroom.pills import pill

PANEL = "admin/articles/article/_translations.html"
TAKE_OVER = "as-original"  # the value of the button that saves and files the story as its original is
MOST_EDITIONS = 50  # that the list of editions offers


class TranslationForm(forms.ModelForm):  # type: ignore[type-arg]
    made_from = forms.TypedChoiceField(
        label=_("Follows edition"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("The edition of the original that this text says. Choose the newest once it does."),
    )

    class Meta:
        model = Translation
        fields = ["original", "made_from"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["made_from"]
        field.choices = [("", gettext("the newest edition")), *self._editions()]

    def _editions(self) -> list[tuple[int, str]]:
        if self.instance.original_id is None:
            return []
        rows = self.instance.original.editions.filter(is_struck=False).order_by("-number")
        return [
            (number, gettext("%(number)d of %(day)s") % {"number": number, "day": _day(moment)})
            for number, moment in rows.values_list("number", "visible_from")[:MOST_EDITIONS]
        ]

    def clean(self) -> dict[str, Any]:
        """A text that was just made from a story, or is said to follow its newest edition, follows that one."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        original = asked["original"] = _held(asked.get("original"))
        if original and (asked.get("made_from") is None or "original" in self.changed_data):
            asked["made_from"] = newest_edition(original, timezone.now())
        return asked


def _held(original: Article | None) -> Article | None:
    """The original as it stands, kept by this save's transaction from taking another language meanwhile."""
    if original is None or not connection.in_atomic_block:
        return original
    return Article.objects.select_for_update().get(pk=original.pk)


def _day(moment: Any) -> str:
    return date_format(localtime(moment), "SHORT_DATE_FORMAT")


class TranslationFormSet(RowsFormSet):
    """Its rows are what the story's page has read anyway."""

    def get_queryset(self) -> Any:
        if not hasattr(self, "_queryset"):
            story = self.instance
            own = [one for one in kin_of(story) if one.article_id == story.pk] if story.pk else []
            self._queryset = own
        return self._queryset

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """Each row is looked at beside the story as it was sent, whose language may be new too."""
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.instance.article = self.instance
        return form


class Translations(Rows):
    """One row at most: a story translates one other."""

    model = Translation
    form = TranslationForm
    formset = TranslationFormSet
    fk_name = "article"
    fields = ["original", "made_from"]
    autocomplete_fields = ["original"]
    max_num = 1
    verbose_name = verbose_name_plural = _("made from a story in another language")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Stories that this user may read, and the one that this story was made from already."""
        if db_field.name == "original":
            match = request.resolver_match
            key = match.kwargs.get("object_id", "") if match else ""
            linked = Translation.objects.filter(article=int(key)) if key.isdecimal() else Translation.objects.none()
            seen = policy.seen_by(request.user, Article.objects.all())
            kwargs["queryset"] = Article.objects.filter(
                Q(pk__in=seen.values("pk")) | Q(pk__in=linked.values("original"))
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TranslationFilter(admin.SimpleListFilter):
    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [
            ("behind", _("original changed since")),
            ("current", _("follows its original")),
            ("translated", _("has translations")),
            ("none", _("neither is one nor has one")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = timezone.now()
        translated = Translation.objects.values("original")
        found = {
            "behind": lambda: queryset.filter(pk__in=behind(Article.objects.all(), now).values("pk")),
            "current": lambda: queryset.filter(translation__isnull=False).exclude(
                pk__in=behind(Article.objects.all(), now).values("pk")
            ),
            "translated": lambda: queryset.filter(pk__in=translated),
            "none": lambda: queryset.filter(translation=None).exclude(pk__in=translated),
        }.get(self.value() or "")
        return found() if found else queryset


def knowing_of_kin(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With whether each has translations or is one, so that the form of most stories asks no more."""
    told: QuerySet[Article] = articles.annotate(has_kin=Exists(Translation.objects.filter(_either(OuterRef("pk")))))
    return told


def take_over(article: Article) -> None:
    """File a translation as its original is; nothing of a story that is none."""
    if made := Translation.objects.filter(article=article).select_related("original").first():
        filing.take_over(article, made.original)


@admin.display(description=_("translation"))
def translated(article: Any) -> str:
    """Whether a translation says what its original says now; nothing of a story that is none."""
    made: Translation | None = getattr(article, "translation", None)
    if made is None:
        return ""
    is_behind = (article.newest_of_original or 0) > (made.made_from or 0)
    return pill("warned", gettext("original changed")) if is_behind else pill("allowed", gettext("up to date"))


@admin.display(description=_("In other languages"))
def in_other_languages(article: Article) -> SafeString:
    viewer = getattr(article, "viewer", None)
    kin = kin_of(article)
    known = {one.pk for one in policy.legible(viewer, [end for one in kin for end in (one.article, one.original)])}
    shown = [one for one in kin if {one.article_id, one.original_id} <= known]
    originals = {one.original_id: one.original for one in shown}
    newest = {key: newest_edition(original, timezone.now()) for key, original in originals.items()}
    lines = [_line(one, article, newest[one.original_id]) for one in shown]
    may_edit = viewer is not None and policy.can(viewer, "edit", article)
    return render_to_string(PANEL, {"lines": lines, "may_edit": may_edit, "take_over": TAKE_OVER})


def _either(article: Any) -> Q:
    return Q(article=article) | Q(original=article)


def kin_of(article: Article) -> list[Translation]:
    """The story's own translations, or what it is a translation of; read once for a page."""
    if "kin" not in vars(article):
        rows = Translation.objects.filter(_either(article.pk)).select_related("article", "original")
        vars(article)["kin"] = list(rows) if vars(article).get("has_kin", True) else []
    found: list[Translation] = vars(article)["kin"]
    return found


def _line(made: Translation, article: Article, newest: int | None) -> dict[str, Any]:
    is_original = made.article_id == article.pk
    return {
        "story": made.original if is_original else made.article,
        "is_original": is_original,
        "original": made.original,
        "made_from": made.made_from,
        "newest": newest,
        "is_behind": (newest or 0) > (made.made_from or 0),
        "is_withdrawn": made.original.state == Article.State.WITHDRAWN,
        "missing": filing.missing(article, made.original).lines if is_original else [],
    }
