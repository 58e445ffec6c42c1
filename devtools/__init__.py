"""What stands behind `dev.py`: the environment, the local house, the checks, the benches."""
