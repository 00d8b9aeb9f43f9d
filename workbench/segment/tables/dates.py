"""How the first column of a chronology looks: dates of any precision, and their heads."""

from __future__ import annotations

import re

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATE = re.compile(
    rf"^\W*(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\b|{MONTH}\.?\s+\d|(?:19|20)\d\d\b"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|(?:early|late|mid|spring|summer|autumn|winter|around"
    rf"|about|circa|c\.)[\s-]+(?:in\s+)?(?:{MONTH}|(?:19|20)\d\d))",
    re.IGNORECASE,
)
DATE_HEAD = re.compile(
    r"^(?:date|dates|when|year|time|date/time|date and (?:time|age))\b", re.IGNORECASE
)
