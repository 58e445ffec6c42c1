"""A fictional SSP København: invented people, schools and leisure centres, the same every time."""
