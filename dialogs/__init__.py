"""What people start: the conversations, as data, and the engine that takes their turns."""
