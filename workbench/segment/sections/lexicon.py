"""Words of headings and passages that tell what a section is for.

British statutory reviews follow their guidance loosely, so the words are those that the
guidance and published reviews use, not the headings of any one house. Headings are matched
with straight apostrophes and without regard to case.
"""

from __future__ import annotations

import re

from workbench.records import SectionRole

Rules = tuple[tuple[re.Pattern[str], SectionRole], ...]


def any_of(*phrases: str) -> re.Pattern[str]:
    """One pattern for several phrases, without regard to case."""
    return re.compile("|".join(phrases), re.IGNORECASE)


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

#: A heading that says so wherever it stands; the first match counts.
STRONG: Rules = (
    (
        any_of(
            r"\bglossary\b",
            r"\babbreviations?\b",
            r"\bacronyms?\b",
            r"\b(?:words|terms|initials) used\b",
            r"\bwhat (?:do )?(?:the )?(?:letters|words|terms|initials) mean",
            r"\b(?:list|explanation) of terms\b",
            r"^(?:appendix|annex)\W*(?:[a-z]|\d+)?\W*terms\W*$",
            r"\bdefinitions\b",
        ),
        SectionRole.GLOSSARY,
    ),
    (
        any_of(
            r"\brecommendations?\b",
            r"\b(?:what )?(?:do )?we recommend\b",
            r"\bwhat (?:is|needs|must|has|should) (?:to )?(?:happen|change)\b",
            r"\bcalls? for action\b",
            # Letters of inspection.
            r"\bareas? for (?:improvement|development|priority action)\b",
            r"\bwhat (?:needs?|must|has|have) to (?:improve|change|be improved|do better)\b",
            r"\bwhat (?:do|does|must|should) .*\b(?:improve|do better)\b",
            r"\bneeds? to (?:improve|do better)\b",
            r"\bpriority (?:and immediate )?actions?\b",
            r"^next steps\W*$",
        ),
        SectionRole.RECOMMENDATIONS,
    ),
    (
        any_of(
            r"\bterms of reference\b",
            r"\bquestions (?:that )?(?:we were|(?:the|this) (?:review|panel) was) asked\b",
            r"\bwhat (?:we were|(?:the|this) (?:review|panel) was) asked\b",
            r"^(?:the )?(?:specific )?(?:key )?lines of enquiry\W*$",
            r"^(?:the )?scope(?: of the (?:review|report))?\W*$",
            r"\bscope and (?:purpose|focus|terms)\b",
            r"\bkey lines of enquiry (?:for|of) (?:the|this) review\b",
            r"\bwhy .*\b(?:commissioned|undertook)\b.*\breview\b",
        ),
        SectionRole.TERMS_OF_REFERENCE,
    ),
    (
        any_of(
            r"\banalysis\b",
            r"\banalys(?:e|ed|ing)\b",
            r"\b(?:critical )?appraisal\b",
            r"\b(?:kloe|key line of enquiry|line of enquiry|key issue)\W*\d",
            r"\bevaluation of\b",
            r"\bequality\b",
            r"\bprotected characteristics\b",
            r"\bdiscussion\b",
        ),
        SectionRole.ANALYSIS,
    ),
    (
        any_of(
            r"\bresearch\b",
            r"\bliterature\b",
            r"\bevidence base\b",
            r"\bwhat is (?:already )?known\b",
            r"\b(?:national|wider) (?:context|picture|learning|evidence|policy)\b",
            r"\bother reviews (?:say|tell|found|show)\b",
            r"\b(?:known|learn(?:ing|t|ed)?|lessons) from (?:elsewhere|other reviews)\b",
            r"\b(?:previous|similar|other) (?:local )?(?:reviews|cases)$",
            r"^bibliography\b",
            r"^(?:list of )?references$",
            r"^(?:end)?notes(?: to .*)?$",
            r"\bpolicy (?:and legal )?context\b",
        ),
        SectionRole.LITERATURE,
    ),
    (
        any_of(
            r"\bmethod(?:s|ology)?\b",
            r"\bhow (?:the|this) (?:review|report|investigation|inquiry|panel)\b",
            r"\bhow we (?:worked|went|did|carried|conducted|approached)\b",
            r"\b(?:conduct|process) of the review\b",
            r"\breview process\b",
            r"\bhow to read\b",
            r"\bpanel (?:members(?:hip)?|composition)\b",
            r"\b(?:membership|members) of the\b",
            r"\b(?:involvement|participation|contribution|engagement) of (?:the )?family\b",
            r"\bfamily (?:involvement|participation|engagement|contribution)\b",
            r"\binvolvement of (?:family|friends)\b",
            r"\bparallel (?:proceedings|processes|reviews|investigations)\b",
            r"\bconfidentiality\b",
            r"\bdissemination\b",
            r"\bstatutory (?:basis|framework)\b",
            r"\bcontribut(?:ors|ions to the review)\b",
            r"\bauthor(?:ship|s)? of the\b",
            r"\b(?:chair|reviewers?) and (?:author|panel)\b",
            r"\blimit(?:s|ations)? (?:of|to|in) the (?:evidence|review)\b",
            r"\bsources\b",
            r"\btimescales?\b",
            r"\bindependence\b",
            r"^the law$",
            r"\b(?:about|what) this (?:review|report)\b(?! contains)",
            r"\babout this inspection\b",
            r"^(?:the )?inspection team\W*$",
            r"\bpurpose\b",
        ),
        SectionRole.METHODOLOGY,
    ),
    (
        any_of(
            r"\bconclusions?\b",
            r"\bconclud(?:e[sd]?|ing)\b",
            r"\bfindings?\b",
            r"\blessons?\b",
            r"\bwhat (?:we|can be|has been|was) (?:have )?learn(?:ed|t)\b",
            r"\bkey learning\b",
            r"\blearning (?:from|for|identified|and|themes?)\b",
            r"^(?:the )?learning$",
            r"\b(?:summary|emerging) (?:of )?learning\b",
            r"\bexecutive summary\b",
            r"^(?:the )?summary$",
            r"\bon one page\b",
            r"\bsummary for\b",
        ),
        SectionRole.FINDINGS,
    ),
    (
        any_of(
            r"\bchronolog",
            r"\bnarrative\b",
            r"\bkey (?:practice )?(?:episodes?|events?)\b",
            r"\btimeline\b",
            r"\b(?:significant|overview of|sequence of|summary of|key) events\b",
            r"\bdates in (?:order|sequence)\b",
            r"\bcircumstances\b",
            r"\bsummary of (?:the )?(?:case|contacts?|facts|involvement)\b",
            r"\bthe facts\b",
            r"^the (?:incident|homicide|murder|killing|death|attack)s?\b",
            r"\b(?:contacts?|involvement) with (?:agencies|services)\b",
            r"\b(?:agency|agencies'?|service) (?:involvement|contacts?)\b",
            r"\bwhat happened\b",
            r"\bbackground\b",
            r"\bfamily (?:composition|history|structure|tree)\b",
            r"\bgenogram\b",
            r"\bpen (?:portrait|picture)",
            r"\b(?:his|her|their|the) (?:early )?(?:life|history|childhood)\b",
            r"\bearly (?:life|years)\b",
            r"\bfamily and (?:its|their) history\b",
            r"\bwhat .*\b(?:family|parents|neighbours|friends)\b.*\b(?:told|said|say)\b",
            r"\bfamily'?s (?:evidence|account|views?|perspective)\b",
        ),
        SectionRole.FACTS,
    ),
    (
        any_of(
            r"\btribute\b",
            r"\bforeword\b",
            r"\bpreface\b",
            r"\backnowledgements?\b",
            r"\bdedication\b",
            r"\bcondolences?\b",
            r"^(?:table of )?contents$",
            r"\bwhat (?:is in )?this report(?: contains)?\W*$",
            r"^before you read\b",
            r"^(?:a |some )?(?:words?|statement|message|letter|note) (?:from|before|by|to)\b",
            r"^from .*'s? (?:daughter|son|mother|father|parent|family|sister|brother|widow)s?$",
        ),
        SectionRole.FRONT_MATTER,
    ),
)

#: A heading that says so only where it does not stand inside another section.
WEAK: Rules = (
    (
        any_of(
            r"\bgood practice\b",
            r"\bwhat (?:worked|went) (?:well|wrong)\b",
            r"^what worked\b",
            r"\bpractice to keep\b",
            r"\bstrengths\b",
            r"\bchange[ds]? since\b",
            r"\bdevelopments since\b",
            r"\blearning\b",
            r"\bcould .* (?:have been )?prevented\b",
            r"\bpredictab",
            r"\bpreventab",
        ),
        SectionRole.FINDINGS,
    ),
    (
        any_of(
            r"\bthemes?\b",
            r"\bthematic\b",
            r"\bfactors?\b",
            r"\bresponses? (?:to|of|by)\b",
            r"\bassessment of\b",
            r"\bdiversity\b",
        ),
        SectionRole.ANALYSIS,
    ),
    (
        any_of(
            r"\b(?:review|dhr|the) panel$",
            r"\bwho sat on\b",
            r"\bagencies (?:that|and what|taking)\b",
            r"\borganisations (?:that|and what|taking)\b",
        ),
        SectionRole.METHODOLOGY,
    ),
)

CONTENTS = re.compile(r"^(?:table of )?contents\W*$", re.IGNORECASE)
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
ENDNOTES = any_of(r"^(?:end)?notes(?: to .*)?$", r"^references$", r"^footnotes$")

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "`": "'"})


def first_match(heading: str, rules: Rules) -> SectionRole | None:
    """The role of the first rule that a heading matches, None when none does."""
    text = heading.translate(_APOSTROPHES)
    return next((role for pattern, role in rules if pattern.search(text)), None)


def is_telling(heading: str) -> bool:
    """Whether a text is a heading by which reviews usually name a section."""
    return first_match(heading, STRONG) is not None or bool(APPENDIX.match(heading))
