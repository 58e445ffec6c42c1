"""What every plan must keep, each rule as a question whose rows are its violations.

A row is (committee, day, words). `:earliest`, `:latest`, `:travel` are minutes, `:load` meetings.
"""

UNKNOWN = """
SELECT committee, day, 'no such committee' FROM meeting
WHERE committee NOT IN (SELECT code FROM body)
"""

NUMBER = """
SELECT committee, day, 'is number ' || number || ', not ' || rightly FROM (
    SELECT *, row_number() OVER (PARTITION BY committee ORDER BY day, starts) AS rightly
    FROM meeting)
WHERE number <> rightly
"""

_COUNTED = """
SELECT code, first, number, needed,
       (SELECT count(*) FROM meeting
        WHERE committee = code AND day BETWEEN first AND last) AS held
FROM body JOIN period USING (cadence, policy)
"""

MISSING = f"""
SELECT code, first, 'does not meet in period ' || number FROM ({_COUNTED}) WHERE held < needed
"""  # noqa: S608

TOO_MANY = f"""
SELECT code, first, 'meets ' || held || ' times in period ' || number || ', not ' || needed
FROM ({_COUNTED}) WHERE held > needed
"""  # noqa: S608

OUTSIDE = """
SELECT committee, day, 'lies in no period of the year' FROM held
WHERE NOT EXISTS (
    SELECT * FROM period
    WHERE period.cadence = held.cadence AND period.policy = held.policy
    AND day BETWEEN first AND last)
"""

FREE_DAY = """
SELECT committee, day, 'on a day on which nobody works'
FROM meeting JOIN day USING (day) WHERE free
"""

SCHOOL_HOLIDAY = """
SELECT committee, day, 'in the school holidays, in which it pauses'
FROM held JOIN day USING (day) WHERE policy = 'pause' AND school
"""

NOT_ON = """
SELECT committee, day, 'on a day on which it never meets'
FROM meeting JOIN not_on USING (committee, day)
"""

BARRED = """
SELECT DISTINCT committee, day, 'on a half-day on which it never meets'
FROM held JOIN barred USING (committee, weekday)
WHERE CASE afternoon WHEN 0 THEN starts < 720 ELSE ends > 720 END
"""

HOURS = """
SELECT committee, day, 'from minute ' || starts || ' to ' || ends FROM held
WHERE starts < :earliest OR ends > :latest
"""

START = """
SELECT committee, day, 'at minute ' || starts || ', at which none begins' FROM meeting
WHERE starts NOT IN (SELECT minute FROM start)
"""

_AFTER_EACH_OTHER = """
SELECT *, lag(day) OVER (PARTITION BY committee ORDER BY day, starts) AS before FROM held
"""

_APART = "CAST(julianday(day) - julianday(before) AS INT)"

TOO_SOON = f"""
SELECT committee, day, {_APART} || ' days after the last, at least ' || least
FROM ({_AFTER_EACH_OTHER}) JOIN gap USING (cadence) WHERE {_APART} < least
"""  # noqa: S608

TOO_LATE = f"""
SELECT committee, day, {_APART} || ' days after the last, at most ' || most
FROM ({_AFTER_EACH_OTHER}) AS pair JOIN gap USING (cadence)
WHERE {_APART} > most AND NOT EXISTS (
    SELECT * FROM period
    WHERE period.cadence = pair.cadence AND period.policy = pair.policy
    AND NOT needed AND first > before AND last < day)
"""  # noqa: S608

TWO_PLACES = """
SELECT one.committee, one.day, who.person || ' is in ' || other.committee || ' as well'
FROM held AS one
JOIN attends AS who ON who.committee = one.committee
JOIN attends AS too ON too.person = who.person
JOIN held AS other ON other.committee = too.committee AND other.day = one.day
WHERE one.id < other.id
AND one.starts < other.ends + :travel AND other.starts < one.ends + :travel
"""

LOAD = """
SELECT min(committee), min(day), person || ' leads ' || count(*) || ' meetings in ' || week
FROM meeting JOIN leads USING (committee) JOIN day USING (day)
GROUP BY person, week HAVING count(*) > :load
"""

_STEERING = """
SELECT committee, rank, day, lag(day) OVER (PARTITION BY committee ORDER BY day) AS before,
       (SELECT max(work.day) FROM day AS work
        WHERE work.day <= date(held.day, '-' || :provisional || ' days') AND NOT free)
       AS provisional
FROM held WHERE type = 'SG'
"""

CHAIN = f"""
SELECT committee, day, 'no CG meeting after ' || coalesce(before, 'New Year') || ' and before '
       || provisional
FROM ({_STEERING}) AS steering WHERE NOT EXISTS (
    SELECT * FROM held AS managers
    WHERE managers.type = 'CG' AND managers.rank = steering.rank
    AND managers.day > coalesce(before, '') AND managers.day < provisional)
"""  # noqa: S608

RULES = {
    "unknown": UNKNOWN,
    "number": NUMBER,
    "missing": MISSING,
    "too_many": TOO_MANY,
    "outside": OUTSIDE,
    "free_day": FREE_DAY,
    "school_holiday": SCHOOL_HOLIDAY,
    "not_on": NOT_ON,
    "barred": BARRED,
    "hours": HOURS,
    "start": START,
    "too_soon": TOO_SOON,
    "too_late": TOO_LATE,
    "two_places": TWO_PLACES,
    "load": LOAD,
    "chain": CHAIN,
}
