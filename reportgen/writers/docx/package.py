"""The package of a Word document: its parts, their relationships, and the same bytes for the same parts.

Made from nothing rather than from python-docx's template, which brings 800 kB of styles, a
thumbnail and another document's properties.
"""

from __future__ import annotations

import io
import zipfile

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from lxml import etree

from reportgen.document import Metadata
from reportgen.house.reference import ReferencePart
from reportgen.writers.docx.elements import EXTENSIONS, NAMESPACES, Element, named, namespace_of, qualified, w

_FIXED_DATE = "1980-01-01"
"""Where the paper has no date. The clock is never asked."""
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)

_PARTS = {
    "styles": ("/word/styles.xml", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
    "numbering": ("/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
    "settings": ("/word/settings.xml", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
    "fonts": ("/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
    "theme": ("/word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
    "comments": ("/word/comments.xml", CONTENT_TYPE.WML_COMMENTS, RELATIONSHIP_TYPE.COMMENTS),
    "glossary": (
        "/word/glossary/document.xml",
        CONTENT_TYPE.WML_DOCUMENT_GLOSSARY,
        RELATIONSHIP_TYPE.GLOSSARY_DOCUMENT,
    ),
    "footnotes": ("/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES),
    "header": ("/word/header{}.xml", CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": ("/word/footer{}.xml", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}
_PICTURES = "/word/media/image"
_ENDINGS = {
    "image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/bmp": "bmp", "image/tiff": "tiff",
    "image/x-emf": "emf", "image/x-wmf": "wmf", "image/svg+xml": "svg",
}  # fmt: skip


class StoryPart(Part):
    """A part with XML in it, which can link to other things: the document itself, a header, the styles."""

    def __init__(self, name: str, content_type: str, package: Package, root: Element | None = None) -> None:
        super().__init__(PackURI(name), content_type, None, package)
        self.root = root
        self.relationship = ""
        """How the document refers to this part; empty for the document itself."""
        self._is_loaded = False

    @property
    def blob(self) -> bytes:
        """The part as bytes, with the namespaces that it needs declared."""
        assert self.root is not None, f"{self.partname} was added and never filled"
        if self._is_loaded:
            return etree.tostring(self.root, encoding="UTF-8", standalone=True)
        extensions = [name for name in EXTENSIONS if next(self.root.iter(qualified(f"{name}:*")), None) is not None]
        declared = {name: NAMESPACES[name] for name in ("mc", *extensions)} if extensions else None
        if extensions:
            self.root.set(qualified("mc:Ignorable"), " ".join(extensions))
        kept = ["w", "r", *extensions]
        etree.cleanup_namespaces(self.root, top_nsmap=declared, keep_ns_prefixes=kept)
        return etree.tostring(self.root, encoding="UTF-8", standalone=True)

    @property
    def is_document(self) -> bool:
        """Whether it is the document itself, and not its headers, notes or styles."""
        return not self.relationship

    def load_reference(self, loaded: ReferencePart) -> Element:
        """Take over a part of the house's template, with its ids and namespaces; return its root."""
        self._is_loaded = True
        self.root = etree.fromstring(loaded.content)
        for identity, picture in loaded.pictures.items():
            self.load_rel(RELATIONSHIP_TYPE.IMAGE, self._picture(*picture), identity)
        for identity, address in loaded.links.items():
            self.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, identity, is_external=True)
        return self.root

    def link_to(self, address: str) -> str:
        """Return the relationship to an address outside the document."""
        return str(self.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def add_picture(self, content: bytes, media_type: str) -> str:
        """Return the relationship to a picture; the same picture is stored once."""
        return str(self.relate_to(self._picture(content, media_type), RELATIONSHIP_TYPE.IMAGE))

    def _picture(self, content: bytes, media_type: str) -> Part:
        # Not python-docx's own: it refuses JPEG files without a JFIF header, such as those of many cameras.
        pictures: list[Part] = [part for part in self.package.iter_parts() if part.partname.startswith(_PICTURES)]
        name = f"{_PICTURES}{len(pictures) + 1}.{_ENDINGS[media_type]}"
        known = next((part for part in pictures if part.blob == content), None)
        return known or Part(PackURI(name), media_type, content, self.package)


class WordPackage:
    """A Word document under construction. Parts get their relationships in the order in which they are added."""

    def __init__(self) -> None:
        self._package = Package()
        self.document = StoryPart("/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN, self._package)
        self._package.relate_to(self.document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        self._stories: dict[str, list[StoryPart]] = {}
        self._stores = 0

    def add_part(self, kind: str) -> StoryPart:
        """Add the styles, the lists, the faces, the settings, the next header or footer. Whoever adds it fills it."""
        name, content_type, relationship = _PARTS[kind]
        parts = self._stories.setdefault(kind, [])
        part = StoryPart(name.format(len(parts) + 1), content_type, self._package)
        part.relationship = self.document.relate_to(part, relationship)
        parts.append(part)
        return part

    def fill(self, kind: str, root: Element | None) -> None:
        """Add a part with its content; None adds nothing."""
        if root is not None:
            self.add_part(kind).root = root

    def roots(self, *kinds: str) -> list[Element]:
        """Return the content of the parts of these kinds, in the order in which they were added."""
        parts = (part for kind in kinds for part in self._stories.get(kind, []))
        return [part.root for part in parts if part.root is not None]

    def add_store(self, root: Element, identity: str) -> None:
        """Add a custom XML part (ISO/IEC 29500-1, 15.2.5), which content controls know by its identity, a GUID."""
        self._stores += 1
        item = StoryPart(f"/customXml/item{self._stores}.xml", CONTENT_TYPE.XML, self._package, root)
        schemas = named("ds:schemaRefs", named("ds:schemaRef", ds_uri=namespace_of(root)))
        about, name = named("ds:datastoreItem", schemas, ds_itemID=identity), f"/customXml/itemProps{self._stores}.xml"
        properties = StoryPart(name, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, self._package, about)
        self.document.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
        item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)

    def describe(self, metadata: Metadata) -> None:
        """Add the core properties: title, author, dates, language, status."""
        date = f"{date_of(metadata)}T00:00:00Z"
        root = named("cp:coreProperties")
        for name, value in (
            ("dc:title", metadata.title),
            ("dc:creator", metadata.author),
            ("cp:lastModifiedBy", metadata.author),
            ("dcterms:created", date),
            ("dcterms:modified", date),
            ("dc:language", metadata.language),
            ("cp:contentStatus", metadata.status),
        ):
            child = named(name, **({"xsi_type": "dcterms:W3CDTF"} if name.startswith("dcterms:") else {}))
            child.text = value
            root.append(child)
        part = StoryPart("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, self._package, root)
        self._package.relate_to(part, RELATIONSHIP_TYPE.CORE_PROPERTIES)

    def to_bytes(self) -> bytes:
        """Return the package as a ZIP file."""
        saved = io.BytesIO()
        self._package.save(saved)
        return _canonical(saved)


def settings(language: str, *notes: Element, read_only: bool, own_even_pages: bool) -> Element:
    """Return what Word needs to know of the document as a whole: today's layout, not that of an old version.

    `notes` is what it needs to know of the footnotes, if there are any. `read_only` asks Word not to let the text
    be changed; without a password, as it is against slips and no security. `own_even_pages` says that even pages have
    headers and footers of their own.
    """
    uri = "http://schemas.microsoft.com/office/word"
    compatibility = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    return w(
        "settings",
        w("zoom", percent=100),
        *([w("documentProtection", edit="readOnly", enforcement=1)] if read_only else []),
        w("defaultTabStop", val=720),
        *([w("evenAndOddHeaders")] if own_even_pages else []),
        w("characterSpacingControl", val="doNotCompress"),
        *notes,
        w("compat", *(w("compatSetting", name=name, uri=uri, val=value) for name, value in compatibility.items())),
        w("themeFontLang", val=language),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def date_of(metadata: Metadata) -> str:
    """Return the day of the paper (ISO 8601)."""
    return metadata.date[:10] or _FIXED_DATE


def _canonical(saved: io.BytesIO) -> bytes:
    """Return the package with its entries in a fixed order and without the time of day."""
    first = ("[Content_Types].xml", "_rels/.rels")
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in sorted(source.namelist(), key=lambda name: (name not in first, name)):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()
