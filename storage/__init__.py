"""What we remember: tables, sealed columns, and the one place that commits."""
