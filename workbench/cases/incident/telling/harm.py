"""Words of harm and death, words of another time, and dates that are of something else."""

from __future__ import annotations

import re

from workbench.cases.incident.telling.dates import Dated, dates_in

ATTACK = (
    r"stabb(?:ed|ing)|stabs|stab wounds?|knifed|slashed|shot(?! in the arm)|shooting|gunshot"
    r"|strangl(?:ed|ing|es)|strangulation|smother(?:ed|ing)|suffocat\w+|asphyxi\w+|drown(?:ed|ing)"
    r"|set (?:a )?fire|set light|poisoned|hang(?:ed|ing) (?:him|her)self|hanged|ligature"
    r"|fatally injured"
    r"|(?:fatal|serious|life-threatening) (?:\w+ )?injur(?:y|ies)|seriously (?:injured|harmed)"
    r"|(?:sustained|suffered|received) (?:\w+,? ){0,4}injur(?:y|ies)"
)
#: Words of harm that reviews also use of much that is no incident.
BLOW = (
    r"beaten|punched|kicked|stamped on|struck|attack(?:ed|s)?|assaulted|shaken|shaking|swallowed"
    r"|ingested|overdose|hanging|pushed|fell|jumped|run over|knocked (?:over|down)"
    r"|collision|collided|crashed|hit (?:him|her|them)|beat (?:him|her|them)|battered|bludgeoned"
    r"|wounded|blows? to"
)
DEATH = (
    r"killed|kills|murder(?:ed|s)?|died|dies|found (?:\w+ )?(?:dead|deceased|lifeless"
    r"|unresponsive|hanged|hanging)"
    r"|took (?:her|his|their) own li(?:fe|ves)|ended (?:her|his) (?:own )?life"
    r"|unlawful(?:ly)? kill\w+"
    r"|manslaughter|homicide|self-suspension|suspended (?:him|her)self|life extinct"
    r"|(?:pronounced|declared|confirmed|verified) (?:dead|deceased)|deceased at the scene"
    r"|(?:led to|resulted in|caused) (?:her|his|their) deaths?"
    r"|limp and not breathing|could not be (?:roused|revived)|suicide|found .{0,30}with injuries"
)
#: What speaks of the death or the incident as known: whose it is need not be said.
DEFINITE = (
    r"(?:medical |main |direct )?cause of (?:her |his |their )?death|(?:her|his) death was"
    r"|conclusion (?:of (?:the |an )?(?:inquest|coroner|jury)|was|as to)"
    r"|(?:narrative|open) conclusion"
    r"|conclusion of \w+|1 ?\(?a\)?[ :.)]|I ?\(?a\)|post-?mortem|pathologist"
    r"|the (?:fatal|incident|attack|stabbing|murder|killing|homicide|assault|shooting"
    r"|fire(?! (?:and rescue|service|brigade|officer|crew|station|alarm|heater)))"
)
HARM = re.compile(
    rf"\b(?:(?P<attack>{ATTACK})|(?P<death>{DEATH})|(?P<blow>{BLOW}))\b|(?:\b"
    rf"|^)(?P<definite>{DEFINITE})",
    re.IGNORECASE,
)
FATAL = re.compile(
    r"\b(?:killed|murdered|died|dead|to death|fatal(?:ly)?|lifeless|own li(?:fe|ves)|homicide)\b",
    re.IGNORECASE,
)
#: A date behind or before these words is one of the inquiry, the trial or a birth.
_PROCEEDINGS_BEFORE = re.compile(
    r"\b(?:investigations?|inquests?|conclu\w+|commenced|opened|adjourned|resumed|hearing|convicted"
    r"|sentenced|court|trial|reports?|published|signed|dated|born|birth|review|panel|act|notified"
    r"|letter|regulation|decided|decision|agreed|commissioned)\b[^.;]{0,60}$", re.IGNORECASE,
)  # fmt: skip
_PROCEEDINGS_AFTER = re.compile(
    r"^,? ?(?:an?|I|the|we|and|senior|assistant|hm|h\.m\.)? ?(?:\w+ ){0,3}?(?:investigation|inquest"
    r"|commenced|opened|conducted|coroner|resumed|heard|concluded|panel|jury|court)\b",
    re.IGNORECASE,
)
#: Words of a sentence that tell of another time, another case or of what did not happen.
EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|earlier (?:attack|assault|incident|occasion|stabbing)|(?:years?|months?"
    r"|weeks?) (?:before|earlier|ago)|in the past|history of|had (?:once|already|threatened)"
    r"|threat(?:en(?:ed|ing|s)?)?s? to (?:kill|stab|shoot|harm)|attempted|tried to|non-fatal"
    r"|the first (?:stabbing|attack|time)|when (?:he|she|they) (?:was|were) (?:\d+|[a-z]+teen|six"
    r"|seven|eight|nine|ten|eleven|twelve|young|little|small|a (?:child|boy|girl|baby))\b"
    r"|as a child|another (?:review|case|county|borough)|in an(?:other|earlier) review)\b",
    re.IGNORECASE,
)
UNREAL = re.compile(
    r"\b(?:if|whether|would have|could have|might have|risk of being|in case"
    r"|fear(?:ed|s)? (?:that|of)|prevent(?:ed|able)?|predict(?:ed|able)?|foreseen"
    r"|(?:an?|any|every|each) (?:child|adult|person|patient)\b(?: \w+){0,5} (?:has|is|dies))\b",
    re.IGNORECASE,
)
#: A section of its own for the account, wherever it stands.
ACCOUNT_HEADING = re.compile(
    r"^(?:\W|\d)*(?:the )?(?:(?:fatal |index )?(?:incident|homicide|murder|killing|offence|attack"
    r"|death)(?: (?:of|on) .{1,40})?|events (?:of|on) (?:the|that) (?:day|night)"
    r"|(?:day|night|evening|morning) of .{1,40}"
    r"|(?:last|final) (?:day|hours|night|evening)|circumstances of (?:the|h\w+) death"
    r"|what happened(?: (?:on|that|to) .{1,40})?|how \w+ died|fatal events)\W*$", re.IGNORECASE,
)  # fmt: skip
CAUSE = re.compile(
    r"\b(?:cause of (?:her |his |their )?death|died (?:from|of|as a result)|post-?mortem"
    r"|conclusion of|conclusion was|death was (?:caused|due))\b|^\W*1 ?\(?a\)?[ :.)]",
    re.IGNORECASE,
)


def incident_dates(text: str) -> tuple[Dated, ...]:
    """The dates of a text without those of inquests, trials, reports and births."""
    return tuple(
        each
        for each in dates_in(text)
        if not _PROCEEDINGS_BEFORE.search(text[: each.start])
        and not _PROCEEDINGS_AFTER.match(text[each.end : each.end + 60])
    )
