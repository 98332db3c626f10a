"""Photo desk, embedded metadata: the namespaces of XMP properties, and the data-mining terms of PLUS LDF."""

from __future__ import annotations

from newsroom.photos.models import Photo

X = "adobe:ns:meta/"
XML = "http://www.w3.org/XML/1998/namespace"
PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "stArea": "http://ns.adobe.com/xmp/sType/Area#",
}

DMI = "http://ns.useplus.org/ldf/vocab/DMI-"
DATA_MINING = {
    Photo.DataMining.UNSPECIFIED: "UNSPECIFIED",
    Photo.DataMining.ALLOWED: "ALLOWED",
    Photo.DataMining.PROHIBITED: "PROHIBITED",
    Photo.DataMining.PROHIBITED_AI: "PROHIBITED-AIMLTRAINING",
}
# What we have no term of our own for is read as the nearest one that forbids as much.
DATA_MINING_READ = {
    **{term: ours for ours, term in DATA_MINING.items()},
    "PROHIBITED-GENAIMLTRAINING": Photo.DataMining.PROHIBITED_AI,
    "PROHIBITED-EXCEPTSEARCHENGINEINDEXING": Photo.DataMining.PROHIBITED,
    "PROHIBITED-SEECONSTRAINT": Photo.DataMining.PROHIBITED,
}


SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
REGION_TYPE = "http://cv.iptc.org/newscodes/imageregiontype/human"
REGION_ROLE = "http://cv.iptc.org/newscodes/imageregionrole/subjectArea"


def qualified(name: str) -> str:
    """“dc:title” as the XML parser writes it."""
    prefix, _colon, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}"
