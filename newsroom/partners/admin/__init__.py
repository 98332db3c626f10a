"""The syndication desk in the admin: partners and their packages, keys, webhooks, and who has followed a removal."""

from newsroom.partners.admin import keys, partners, removals, webhooks  # noqa: F401  registers what they hold
