"""What a heading is: contents, appendix, opening, summary; and which role its words give it."""

from __future__ import annotations

import re

from workbench.records import SectionRole
from workbench.segment.sections.lexicon import STRONG, Rules, any_of

#: Boxes of the coroner's form (regulation 28), matched against the whole heading.
FORM_BOXES: Rules = (
    (
        any_of(
            r"^this report is being sent to\W*$",
            r"^(?:the )?(?:assistant |area |senior |acting )*coroner\W*$",
            r"^coroner'?s legal powers?\W*$",
        ),
        SectionRole.FRONT_MATTER,
    ),
    (
        any_of(
            r"^investigation(?: and|/| &) ?inquest\W*$",
            r"^(?:the )?circumstances of (?:the |his |her |their )?deaths?\W*$",
        ),
        SectionRole.FACTS,
    ),
    (
        any_of(r"^(?:the )?(?:coroner'?s concerns?|matters? of concerns?)\W*$"),
        SectionRole.FINDINGS,
    ),
    (any_of(r"^actions? (?:that )?should be taken\W*$"), SectionRole.RECOMMENDATIONS),
    (
        any_of(
            r"^your response\W*$",
            r"^copies(?: and publication)?\W*$",
            r"^(?:signed|signature|dated?|date and signature|signed and dated)\W*$",
        ),
        SectionRole.APPENDIX,
    ),
)

#: Parts of the reports of committees and inquiries that hold no evidence, whole headings.
RECORDS: Rules = (
    (
        any_of(
            r"^formal minutes\b",
            r"^(?:list of )?(?:published |unpublished )?(?:written|oral) evidence\b.{0,40}$",
            r"^(?:list of )?(?:oral )?witnesses\W*$",
            r"^list of (?:reports|witnesses|written evidence|exhibits|core participants)\b",
            r"^(?:declared|declarations? of) interests?\W*$",
            r"^members present\W*$",
            r"^useful (?:links|contacts|information)\W*$",
        ),
        SectionRole.APPENDIX,
    ),
)

CONTENTS = re.compile(r"^(?:(?:table of )?contents|index)\W*$", re.IGNORECASE)
APPENDIX = re.compile(r"^(?:appendix|appendices|annex(?:e|es)?|schedule)\b", re.IGNORECASE)
ACTION_PLAN = re.compile(r"\baction plan\b", re.IGNORECASE)
#: Headings whose sections tell of the death in one house and of the review in another.
OPENING = any_of(
    r"^\W*introduction\W*$",
    r"^\W*the review\W*$",
    r"^\W*overview\W*$",
    r"\bwhy\b.*\breview\b",
    r"\bsubject of this (?:review|report)\b",
    r"\breason for\b.*\breview\b",
    r"^introduction and ",
)
ON_REVIEW = re.compile(r"\b(?:review|report|panel|inspection)\b", re.IGNORECASE)
SUMMARY = any_of(r"\bexecutive summary\b", r"^(?:the )?summary\b", r"\bon one page\b")
#: Behind these nothing but names, offices and imprint stands up to the next heading.
CLOSING = any_of(
    r"^yours (?:sincerely|faithfully|truly)\b",
    r"^(?:\W|\(c\)|contains? )*(?:crown|parliamentary) copyright\b",
    r"\bopen (?:government|parliament) licence\b",
    r"^you may (?:re-?use|copy) this (?:information|document|publication)\b",
    r"^this (?:publication|document|report) is (?:also )?available (?:at|from|on|for download)\b",
    r"^(?:print |web )?isbn\b",
    r"^if you would like a copy of this document in\b",
)
#: Headings of a document that answers another, before all other rules.
REPLIES: Rules = (
    (
        any_of(
            r"\brecommendations? (?:is |are |was )?(?:\w+ )?(?:accepted|rejected|acknowledged|noted"
            r"|agreed|declined)\b",
            r"^(?:the )?(?:\w+ )?(?:government|department|council|agency|trust)?(?:'?s)? ?"
            r"(?:response|reply)\W*$",
            r"\b(?:response|reply|responses|replies) to\b.{0,80}\brecommendations?\b",
            r"^(?:appendix|annex)\b.*\b(?:response|reply)\b",
        ),
        SectionRole.ANALYSIS,
    ),
)
REPLYING = re.compile(
    r"^(?:appendix\W+(?:\w{1,2}\W+)?)?(?:the )?(?:(?!of\b|in\b)[\w'’]+ ){0,4}"
    r"(?:response|reply) to\b.*\b(?:reports?|inquiry|review|committee|recommendations?|findings)\b",
    re.IGNORECASE,
)
#: A heading over conclusions and recommendations together.
CONCLUDES = re.compile(
    r"\b(?:conclusions?|findings?|lessons?|learning|analysis|issues|discussion)\b", re.IGNORECASE
)
RECOMMENDS = re.compile(r"\brecommendations?\b", re.IGNORECASE)
AND_MORE = re.compile(r"\band recommendations?\b", re.IGNORECASE)
PART = re.compile(
    r"^(?:chapter|section|part)\s+(?:\d{1,2}|[ivx]{1,5}|[a-h]|one|two|three|four|five|six|seven"
    r"|eight|nine|ten)\s*[:.–—-]\s*(?=\S)",
    re.IGNORECASE,
)
ENDNOTES = any_of(r"^(?:end)?notes(?: to .*)?$", r"^references$", r"^footnotes$")

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "`": "'"})


def plain(heading: str) -> str:
    """A heading with straight apostrophes, without the name of its part ("Chapter 2: ...")."""
    return PART.sub("", heading.translate(_APOSTROPHES))


def first_match(heading: str, rules: Rules) -> SectionRole | None:
    """The role of the first rule that a heading matches, None when none does."""
    text = plain(heading)
    return next((role for pattern, role in rules if pattern.search(text)), None)


def is_mixed(heading: str) -> bool:
    """Whether a heading names conclusions and recommendations together."""
    return bool(CONCLUDES.search(heading) and RECOMMENDS.search(heading))


def is_telling(heading: str) -> bool:
    """Whether a text is a heading by which reviews usually name a section."""
    return first_match(heading, STRONG) is not None or bool(APPENDIX.match(heading))
