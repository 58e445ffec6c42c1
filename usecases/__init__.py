"""What the house can do, one file each."""
