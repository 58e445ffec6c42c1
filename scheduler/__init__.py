"""What time starts: jobs, and the clock that wakes them."""
