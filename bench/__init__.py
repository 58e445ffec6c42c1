"""Measures: `python3 dev.py bench <name>` runs one and compares it with its goals."""
