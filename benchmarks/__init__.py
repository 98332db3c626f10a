"""Benchmarks: how fast the newsroom answers as its archive grows. Measured, never in tests.

Whoever imports this package has the newsroom of the environment set up.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()
