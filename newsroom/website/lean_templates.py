"""Front of house: our templates as the server reads them: indented for people who write, not for readers who wait."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader as FileLoader

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
# A line of nothing but these prints nothing of its own; the line before it keeps its end, so no two words meet.
CONTROL = r"\{% (?:(?:if|elif|else|endif|for|empty|endfor|with|endwith|block|endblock|load|include)\b|[^%]* as \w+ %)"
CONTROL_LINES = re.compile(rf"^((?:(?={CONTROL})\{{%[^%]*%\}})+)\n", re.MULTILINE)
# Browsers drop an end of line where one of these begins or ends. Between two of them it stays, for whoever reads the
# words alone.
BLOCKS = (
    r"(?:html|head|meta|link|title|body|header|footer|main|nav|section|article|aside|div|h[1-6]|p|[uod]l|li|d[td]|figure"
    r"|figcaption|table|caption|colgroup|col|thead|tbody|t[rdh]|form|fieldset|legend|details|summary|blockquote|option"
    r"|svg|g|path|rect|line|circle)\b"
)
BESIDE_BLOCKS = re.compile(rf"\n+(?=</{BLOCKS})|(<{BLOCKS}[^<>\n]*>)\n+")
# Where white space is part of the matter, if more than a line is set so.
KEPT = re.compile(r"<(pre|textarea)\b(?!.*</\1>)|\{% blocktranslate[^%]*%\}[^{]*\n")


class Loader(FileLoader):
    """The folder of templates, without the white space that browsers drop; mail and the desk's own stay as written."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        name = str(origin.template_name)
        return text if name.startswith("admin/") or not name.endswith(".html") else lean(text)


def lean(text: str) -> str:
    if KEPT.search(text):
        return text
    return BESIDE_BLOCKS.sub(r"\1", CONTROL_LINES.sub(r"\1", INDENTATION.sub("", text)))
