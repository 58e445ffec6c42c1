"""Promises about the bot, as stories, rules and pictures."""
