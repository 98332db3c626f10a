"""Who may ask the API for what: public matter is there to be read, and nothing else is offered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import SAFE_METHODS, BasePermission

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView


class ReadPublic(BasePermission):
    """Reading alone; every view behind it serves documents that the feed calls public."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Raises MethodNotAllowed: nobody may write here, whoever they are."""
        if request.method not in SAFE_METHODS:
            raise MethodNotAllowed(str(request.method))
        return True
