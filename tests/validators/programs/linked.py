"""What extruct finds, as JSON-LD, in each page that stands in the list of JSON on its standard input."""

import json
import sys

import extruct

found = [
    extruct.extract(page["html"], base_url=page["url"], syntaxes=["json-ld"], errors="strict")["json-ld"]
    for page in json.load(sys.stdin)
]
json.dump(found, sys.stdout)
