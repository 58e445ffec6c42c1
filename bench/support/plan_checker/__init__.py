"""Checks a year of committee meetings by itself: no line of it is shared with the planner."""

from bench.support.plan_checker.checker import Checker, Shortfall, Violation
from bench.support.plan_checker.leads import Lead

__all__ = ["Checker", "Lead", "Shortfall", "Violation"]
