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
            r"^(?:key )?definitions\W*$",
            r"\bdefinitions (?:of terms|used)\b|\b(?:key|terms and) definitions\b",
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
            r"\bpriorit(?:y|ies) for (?:further |future )?(?:improvement|action|development)\b",
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
            r"^(?:(?:the|relevant|recent|current|national|academic|wider|existing|other|published"
            r"|key) ){0,2}research(?: (?:and|on|into|about|in|findings?|evidence|base|context"
            r"|literature|summary)\b(?! capacity| funding| development).*)?\W*$",
            r"\bresearch (?:says?|tells?|shows?|suggests?|evidence|findings|literature|base)\b",
            r"\b(?:what|learning|lessons|evidence|messages|findings)\b.{0,40}\bresearch\b",
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
            r"\babout (?:the|this) inspection\b",
            r"\bwhat the .*\b(?:judgements?|grades?|gradings?|ratings?) means?\b",
            r"\bhow (?:the )?evidence was\b",
            r"\b(?:structure|layout|format) of (?:the|this) report\b",
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
            r"\b(?:inspection|graded|overall) judgements?\b",
            r"\b(?:inspection|review) outcome\b",
            r"^(?:key |main |the .{1,40}'s )?strengths\W*$",
            r"\bwhat (?:is|are|was|were)\b.*\b(?:effective|(?:doing|working|going) well)\b",
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
            r"\binformation about (?:this|the) (?:local )?(?:authority|area|partnership|council)",
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
            r"^(?:\w+ )?publication\W*$",
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
