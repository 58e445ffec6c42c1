"""A stand-in for Microsoft Graph, as a program of its own: it knows nothing of the house."""
