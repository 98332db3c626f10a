"""Forms of the photo desk: an original is kept privately, so its field never links to it."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AdminFileWidget


class PrivateFileWidget(AdminFileWidget):
    """Takes a new file, and keeps the one that is there unless it does."""

    def is_initial(self, value: Any) -> bool:
        return False
