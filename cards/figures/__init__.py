"""Figures of readiness: SVG as text, and the same as a table (BER-67)."""
