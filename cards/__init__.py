"""What people see: cards and the same in words."""
