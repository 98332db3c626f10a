"""Forms of the copy desk: what each verb of publication asks before it is done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.articles.models import Article, Withdrawal
from newsroom.moments import MomentField, MomentWidget, in_words


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]
    instance: Article
    embargo_until = Article._meta.get_field("embargo_until").formfield(form_class=MomentField, widget=MomentWidget)

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
        help_text=_("A kill tells partners that they must remove the story."),
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
