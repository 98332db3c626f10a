"""Front of house: stylesheets and scripts, stored compressed under names that hold their hash."""

import re
from typing import Any

import brotli
from django.core.files.base import ContentFile, File
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What is set in quotation marks stays as it is.
GAP = r"(?:\s|(?>/\*.*?\*/))"  # a comment ends where it first ends, whatever follows it
SPACE = re.compile(rf'("[^"]*")|;?{GAP}*([{{}},;]){GAP}*|{GAP}+', re.DOTALL)


class QuickCompressor(Compressor):  # type: ignore[misc]
    """Brotli's last two levels take ten times as long and save a twelfth."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        compressed: bytes = brotli.compress(data, quality=9)
        return compressed


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    def create_compressor(self, **options: Any) -> Compressor:
        return QuickCompressor(**options)

    def _save(self, name: str, content: "File[bytes]") -> str:
        """The readers' stylesheets, which lie at the top, are served without their comments and line ends."""
        if name.endswith(".css") and "/" not in name:
            content = ContentFile(squeezed(b"".join(content.chunks()).decode()).encode())
        saved: str = super()._save(name, content)
        return saved


def squeezed(css: str) -> str:
    """The same stylesheet without comments and the white space that means nothing."""
    return SPACE.sub(_kept, css).replace(";}", "}").strip()


def _kept(found: re.Match[str]) -> str:
    text, sign = found.groups()
    return text or sign or " "
