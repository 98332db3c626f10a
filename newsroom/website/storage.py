"""Front of house: stylesheets and scripts, stored compressed under names that hold their hash."""

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_letters
from typing import Any

import brotli
from django.conf import settings
from django.core.files.base import ContentFile, File
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsroom.website.older_browsers import in_older_words

# What is set in quotation marks stays as it is.
GAP = r"(?:\s|(?>/\*.*?\*/))"  # a comment ends where it first ends, whatever follows it
SPACE = re.compile(rf'("[^"]*")|;?{GAP}*([{{}},;]){GAP}*|{GAP}+', re.DOTALL)
STYLESHEET = settings.BASE_DIR / "newsroom" / "static" / "site.css"
OLDER_STYLESHEET = "older.css"  # beside it; suggest.js asks for it by this name
PROPERTY = re.compile(r"--[a-z][\w-]*")


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
        """The readers' stylesheets, which lie at the top, are served without comments and line ends, by short names."""
        if name.endswith(".css") and "/" not in name:
            content = ContentFile(renamed(squeezed(b"".join(content.chunks()).decode())).encode())
        saved: str = super()._save(name, content)
        return saved

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        """Beside the readers' stylesheet lies the same for older browsers, made of what is served to the others."""
        if STYLESHEET.name in paths and not options.get("dry_run"):
            with self.open(STYLESHEET.name) as stylesheet:
                older = in_older_words(stylesheet.read().decode())
            self.delete(OLDER_STYLESHEET)
            self.save(OLDER_STYLESHEET, ContentFile(older.encode()))
            paths = {**paths, OLDER_STYLESHEET: (self, OLDER_STYLESHEET)}
        yield from super().post_process(paths, **options)


def squeezed(css: str) -> str:
    """The same stylesheet without comments and the white space that means nothing."""
    return SPACE.sub(_kept, css).replace(";}", "}").strip()


def _kept(found: re.Match[str]) -> str:
    text, sign = found.groups()
    return text or sign or " "


def renamed(css: str) -> str:
    """The same with the properties of our own under names of one letter, in whichever file they stand."""
    return PROPERTY.sub(lambda found: short_names().get(found[0], found[0]), css)


@cache
def short_names() -> dict[str, str]:
    """One letter for each property that the site's stylesheet sets; `zip` says so when the alphabet is used up."""
    own = dict.fromkeys(re.findall(r"(--[a-z][\w-]*):", STYLESHEET.read_text()))
    letters = ascii_letters[: len(own)]
    return {name: f"--{letter}" for name, letter in zip(own, letters, strict=True)}
