"""Who is let in over HTTP, and what happens to everyone else."""
