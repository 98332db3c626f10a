"""Forms of the copy desk: what each verb of publication asks before it is done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.articles import placing
from newsroom.articles.models import Article, Withdrawal
from newsroom.articles.workflow import STRIKING
from newsroom.markup import clean
from newsroom.moments import MomentField, MomentWidget, in_words


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]
    instance: Article
    embargo_until = Article._meta.get_field("embargo_until").formfield(form_class=MomentField, widget=MomentWidget)

    def clean_body(self) -> str:
        """Refuse a photograph in the text that is nowhere on record; one that is becomes one of the story's."""
        body = clean(self.cleaned_data["body"])
        if placing.strangers(self.instance, body):
            message = _(
                "The story places a photograph that is not on record, or that lies in the trash: take out of the text "
                "what stands there without a picture, or choose another in its place."
            )
            raise forms.ValidationError(message, "stranger")
        return body

    def clean_embargo_until(self) -> Any:
        """Refuse an embargo that an edition would break which is scheduled already."""
        embargo, now = self.cleaned_data["embargo_until"], timezone.now()
        if embargo is None or self.instance.pk is None:
            return embargo
        waiting = self.instance.editions.open_or_pending(now)
        early = waiting.filter(visible_from__gt=now, visible_from__lt=embargo).first()
        if early:
            message = _("An edition is scheduled for %(moment)s, before this embargo ends: cancel the schedule first.")
            raise forms.ValidationError(message, "scheduled", {"moment": in_words(early.visible_from)})
        return embargo


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=_("For the desk; it stands in the story's history."),
    )


class ReturnForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=_("What has to change. The writer gets it by e-mail."),
    )


class PublishForm(forms.Form):
    visible_from = MomentField(label=_("Visible from"), help_text=_("Empty: at once."))
    visible_until = MomentField(label=_("Visible until"), help_text=_("Empty: for good."))


class CorrectForm(forms.Form):
    note = forms.CharField(
        label=_("Public note"),
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=_("What was wrong and what is right. Readers see it above the story and on the corrections page."),
    )
    visible_from = MomentField(label=_("Visible from"), help_text=_("Empty: at once."))


class WithdrawForm(forms.Form):
    act = forms.ChoiceField(
        label=_("Act"),
        choices=Withdrawal.Act.choices,
        widget=forms.RadioSelect,
        initial=Withdrawal.Act.UNPUBLISH,
        help_text=_(
            "Unpublishing hides the story; it may come back as it was. Taking it down strikes every edition, for a "
            "legal or personal reason, and partners must remove it. A kill says that the story is wrong: it strikes "
            "every edition, and partners must remove it and tell their readers."
        ),
    )
    public_note = forms.CharField(
        label=_("Public reason"),
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Stands where the story stood; partners receive it too."),
    )
    private_note = forms.CharField(
        label=_("Reason for the desk"),
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason beside its field; `workflow.withdraw` insists on it too."""
        asked: dict[str, Any] = super().clean() or {}
        has_reason = asked.get("public_note", "").strip() or asked.get("private_note", "").strip()
        if asked.get("act") in STRIKING and not has_reason:
            message = _("Say why, here or below for the desk alone: nothing is killed or taken down without a reason.")
            self.add_error("public_note", message)
        return asked
