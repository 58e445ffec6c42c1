"""Papers and files for people outside the chat: pure functions from data to bytes."""
