"""Planning a year of committee meetings (meetings.md §3): the only place that knows OR-tools."""
