"""Webhooks: partners are told that something changed, and then follow their cursor as ever."""
