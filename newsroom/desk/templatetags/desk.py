"""The desk's template tags: states as pills."""

from django import template
from django.utils.safestring import SafeString

from newsroom import pills

register = template.Library()


@register.simple_tag
def pill(value: str, label: object) -> SafeString:
    return pills.pill(value, label)
