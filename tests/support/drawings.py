"""Drawings as the tests look at them: their elements, and the words that are seen."""

from xml.etree.ElementTree import Element

from docx.oxml import parse_xml

from cards.figures.svg import Figure

SVG = "{http://www.w3.org/2000/svg}"


def drawn(figure: Figure) -> Element:
    read: Element = parse_xml(figure.svg)
    return read


def seen(figure: Figure) -> list[str]:
    """List the words that stand in the drawing."""
    return ["".join(each.itertext()) for each in drawn(figure).iter(f"{SVG}text")]
