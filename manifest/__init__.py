"""The Teams app: its manifest in two languages, its icons, and the package made of them."""
