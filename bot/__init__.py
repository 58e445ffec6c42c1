"""The door to Teams: settings, wiring, activities in and out."""
