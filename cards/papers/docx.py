"""A paper as a Word document: real headings, Danish, table headings that repeat (MTG-27)."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import typst
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from cards.papers.blocks import Block, Facts, Grid, Heading, Links, Paper, Picture, Words
from cards.papers.pdf import REGIONS
from cards.plain import plain

A4_SHORT, A4_LONG, MARGIN = Cm(21), Cm(29.7), Cm(2)
FONT = "Arial"
PICTURE_DOTS = 150.0  # per inch


def as_docx(paper: Paper, *, made_at: datetime) -> bytes:
    """Write the document; whatever somebody wrote is only text in it (AC-OUT-01)."""
    document = Document()
    _tell_properties(document, paper, made_at=made_at)
    _tell_page(document, paper)
    for block in paper.blocks:
        _write(document, block)
    written = BytesIO()
    document.save(written)
    return _of_that_moment(written.getvalue(), made_at)


def _tell_properties(document: DocxDocument, paper: Paper, *, made_at: datetime) -> None:
    tongue = f"{paper.language.value}-{REGIONS[paper.language]}"
    properties = document.core_properties
    properties.title = paper.title
    properties.subject = paper.subject
    properties.author = properties.last_modified_by = paper.author
    properties.language = tongue
    properties.comments = ""
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), tongue)
    for style in ("Normal", *(f"Heading {level}" for level in (1, 2, 3, 4))):
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Normal"].font.size = Pt(11)


def _tell_page(document: DocxDocument, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = A4_SHORT, A4_LONG
    if paper.landscape:
        section.page_width, section.page_height = A4_LONG, A4_SHORT
        section.orientation = WD_ORIENT.LANDSCAPE
    section.left_margin = section.right_margin = section.top_margin = MARGIN
    section.bottom_margin = MARGIN
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{paper.subject}\t\t{paper.page} ")
    _field(footer, "PAGE")


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph.paragraph_format.element.append(field)


def _write(document: DocxDocument, block: Block) -> None:
    match block:
        case Heading():
            heading = document.add_heading(block.told(), level=block.level)
            heading.paragraph_format.page_break_before = block.new_page or None
        case Words():
            for lines in block.paragraphs():
                document.add_paragraph("\n".join(lines))
        case Facts():
            _facts(document, block)
        case Links():
            _links(document, block)
        case Picture():
            _picture(document, block)
        case Grid():
            _grid(document, block)


def _facts(document: DocxDocument, facts: Facts) -> None:
    for label, value in facts.told():
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)


def _links(document: DocxDocument, links: Links) -> None:
    for title, url, followed in links.told():
        paragraph = document.add_paragraph(style="List Bullet")
        if followed:
            _link(paragraph, title, url)
        else:
            paragraph.add_run(f"{title} {url}")


def _link(paragraph: Paragraph, title: str, url: str) -> None:
    target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    shown = paragraph.add_run(title)
    shown.underline = True
    link.append(shown.font.element)
    paragraph.paragraph_format.element.append(link)


def _picture(document: DocxDocument, picture: Picture) -> None:
    """Put the drawing in as dots, for Word on many machines draws no SVG."""
    page = b"#set page(width: 15cm, height: auto, margin: 0pt)\n"
    page += b'#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    dots = typst.compile(
        page,
        format="png",
        ppi=PICTURE_DOTS,
        sys_inputs={"svg": picture.svg},
        ignore_system_fonts=True,
    )
    if not isinstance(dots, bytes):
        raise TypeError("a drawing is one picture")
    document.add_picture(BytesIO(dots), width=Cm(15))
    [*_, drawn] = document.element.iter(qn("wp:docPr"))
    drawn.set("descr", picture.alt)


def _grid(document: DocxDocument, grid: Grid) -> None:
    table = document.add_table(rows=1 + len(grid.rows), cols=len(grid.head), style="Table Grid")
    for row, told in zip(table.rows, (grid.head, *grid.rows), strict=True):
        for cell, text in zip(row.cells, told, strict=True):
            cell.text = plain(text)
    first = document.element.body.tbl_lst[-1].tr_lst[0]
    first.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    _widen(document, table, grid)


def _widen(document: DocxDocument, table: Table, grid: Grid) -> None:
    room = (document.sections[0].page_width or A4_SHORT) - 2 * MARGIN
    for column, share in zip(table.columns, grid.widths, strict=True):
        column.width = room * share // sum(grid.widths)


def _of_that_moment(written: bytes, made_at: datetime) -> bytes:
    """Pack the file again with its own moment in it, so that the same paper is the same file."""
    packed = BytesIO()
    at = made_at.timetuple()[:6]
    with ZipFile(BytesIO(written)) as before, ZipFile(packed, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(ZipInfo(name, date_time=at), before.read(name), ZIP_DEFLATED)
    return packed.getvalue()
