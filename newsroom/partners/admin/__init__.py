"""The syndication desk in the admin: partners and their packages, keys, and who has followed a removal."""

from newsroom.partners.admin import keys, partners, removals  # noqa: F401  registers what they hold
