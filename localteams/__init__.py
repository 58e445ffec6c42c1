"""A stand-in for Teams on one machine; knows nothing of the rooms above."""
