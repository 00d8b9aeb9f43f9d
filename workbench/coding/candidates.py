"""The people near a hit, by how likely it is theirs."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from workbench.coding.matching import Hit
from workbench.coding.people.grammar import RELATIVE
from workbench.coding.people.kin import PARENTS
from workbench.coding.people.memory import Mention
from workbench.coding.text.passage import Passage
from workbench.records import SubjectRole

_EARLIER = 12  # mentions of the sentences before that are looked at
_OBJECT_WORDS = 4  # "assaulted his former partner": how far the one who suffered it may stand
_PARENT_WORDS = 5  # "his father was often in prison": from parent to hit
_OWNER_WORDS = 2  # "Kieran’s long depression": words between owner and hit
_COMPLEMENT_WORDS = 3  # "drug misuse by Maren"
_COMPLEMENTS = frozenset(
    {"by", "of", "in", "from", "with", "for", "towards", "against", "on", "to"}
)
_AGENTS = frozenset({"by", "from"})
_TOWARDS = frozenset({"of", "against", "towards", "toward", "on", "upon", "to"})
_ACTS = frozenset({"violent", "abusive", "aggressive", "controlling", "coercive", "jealous",
                   "possessive", "controlled", "monitored", "threatened", "isolated", "followed",
                   "stalked", "harassed", "bombarded", "intimidated", "domineering", "assaulted",
                   "hit", "punched", "beat", "strangled", "abused", "slapped",
                   "kicked"})  # fmt: skip
_PASSIVE = frozenset({"was", "were", "been", "being", "be", "is", "got", "are"})
_VERBS = _PASSIVE | {"had", "has", "have", "did", "does", "and", "or", "who", "that"}
_CHILDHOOD = frozenset({"childhood", "grew", "growing", "raised", "young", "aged", "ages",
                        "teenager", "born", "brought", "own"})  # fmt: skip
_AS_A = frozenset({"child", "boy", "girl"})  # "as a boy", and not "the boy’s wrist"
_CHILDREN = frozenset({"children", "sons", "daughters", "boys", "girls"})


class Near(NamedTuple):
    """Mentions around one hit, each list by preference."""

    of_bearer: Sequence[Mention]  # whose condition the hit is
    of_actor: Sequence[Mention]  # who did what the hit tells
    agents: Sequence[Mention]  # "by X", or the subject of an active verb
    objects: Sequence[Mention]  # "of X", "hit X"
    sentence: Sequence[Mention]  # of the sentence, the nearest before the hit first
    owners_of_parent: Sequence[Mention]  # X of "X's father", when the father is in the hit
    is_active: bool  # words of doing, with no passive verb before them
    is_own_childhood: bool  # the sentence speaks of somebody's childhood


def near_hit(
    hit: Hit, passage: Passage, mentions: Sequence[Mention], before: Sequence[Mention]
) -> Near:
    """The people near a hit.

    Args:
        hit: The hit.
        passage: Where it stands.
        mentions: Of the passage, by position.
        before: The people of the text before the passage, the most present first.
    """
    clause, sentence = passage.clause(hit.first), passage.sentence(hit.first)
    start = bisect_left(mentions, sentence[0], key=_first)
    end = bisect_left(mentions, sentence[1], key=_first)
    all_here = mentions[start:end]
    here = [m for m in all_here if not m.is_possessor]
    earlier = _subjects_first(mentions[max(0, start - _EARLIER) : start], passage)
    inside = [m for m in here if hit.first <= m.first < hit.last]
    preceding = [m for m in reversed(here) if m.first < hit.first]
    in_clause = [m for m in preceding if m.first >= clause[0]]
    in_sentence = [m for m in preceding if m.first < clause[0]]
    after = [m for m in here if hit.last <= m.first]
    owners = [m for m in all_here if m.is_possessor and _owns(m, hit, passage, all_here)
              and not (preceding and _is_place(m, hit))]  # fmt: skip
    complements = [m for m in after if m.first - hit.last <= _COMPLEMENT_WORDS
                   and _word_before(m, passage) in _COMPLEMENTS]  # fmt: skip
    agents = [m for m in here if m.first > hit.first and _word_before(m, passage) in _AGENTS]
    inside = [m for m in inside if m not in agents]
    held = [m for m in all_here if m.is_possessor and clause[0] <= m.first < clause[1]]
    subject = _nominative(in_clause)
    if not subject and passage.words[clause[0]].lower() in RELATIVE:
        subject = in_sentence[:1]  # "her husband, who was drunk"
    lead = [*subject, *inside, *_rest(in_clause, subject)]
    tail = [*_nominative(in_sentence), *held, *in_sentence, *after, *earlier, *before]
    objects = _objects(hit, passage, (all_here, here, after), subject or in_sentence[:1])
    is_active = not agents and not _is_passive(hit, passage) and any(
        word.lower() in _ACTS for word in passage.words[hit.first : hit.last]
    )  # fmt: skip
    return Near(
        of_bearer=[
            *owners[::-1][:1],
            *([] if subject else complements),
            *lead,
            *complements,
            *tail,
        ],
        of_actor=[*agents, *_nominative(in_clause), *lead, *owners, *tail],
        agents=agents,
        objects=objects,
        sentence=[*owners[::-1], *lead, *in_sentence, *after],
        owners_of_parent=_owners_of_parent(all_here, hit),
        is_active=is_active,
        is_own_childhood=_is_own_childhood([w.lower() for w in passage.words[slice(*sentence)]]),
    )


def _is_own_childhood(words: Sequence[str]) -> bool:
    """Whether a sentence tells of the childhood of somebody grown up: "as a boy", "grew up"."""
    if "brought" in words and not _CHILDREN.isdisjoint(words):
        return False  # "brought up two children on her own"
    return not _CHILDHOOD.isdisjoint(words) or any(
        word in _AS_A and before in {"a", "as"} for before, word in itertools.pairwise(words)
    )


def _owns(owner: Mention, hit: Hit, passage: Passage, mentions: Sequence[Mention]) -> bool:
    """Whether a possessor is that of the hit: "Kieran’s long depression", not "her son was"."""
    if owner.first >= hit.last or owner.last < hit.first - _OWNER_WORDS:
        return False
    between = passage.words[owner.last : hit.first]
    # "called her brother the runt": not hers, but the brother's.
    held = any(owner.last <= m.first <= owner.last + 1 and not m.is_possessor for m in mentions)
    if held and owner.first >= hit.first:
        return False
    return not any(owner.last <= m.first < hit.first for m in mentions) and not any(
        word.lower() in _VERBS for word in between
    )


def _is_place(owner: Mention, hit: Hit) -> bool:
    """Whether an owner inside a hit only tells where it was: "living on his mother’s sofa"."""
    return owner.is_oblique and hit.first < owner.first


def _nominative(mentions: Sequence[Mention]) -> list[Mention]:
    """The subjects among some mentions: those after no preposition, in the order given."""
    return [m for m in mentions if not m.is_oblique]


def _rest(mentions: Sequence[Mention], taken: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if m not in taken]


def _subjects_first(mentions: Sequence[Mention], passage: Passage) -> list[Mention]:
    """Mentions of earlier sentences: the nearest sentence first, in it its subject first."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        if not mention.is_possessor:
            by_sentence.setdefault(passage.sentence(mention.first)[0], []).append(mention)
    ordered: list[Mention] = []
    for start in sorted(by_sentence, reverse=True):
        ordered += sorted(by_sentence[start], key=lambda m: (m.is_oblique, m.first))
    return ordered


def _objects(
    hit: Hit,
    passage: Passage,
    mentions: tuple[Sequence[Mention], Sequence[Mention], Sequence[Mention]],
    subject: Sequence[Mention],
) -> list[Mention]:
    """Those whom a deed hit: "hit her", "kept her bank card", "abuse of Maren"."""
    all_here, here, after = mentions
    actor = subject[0].person_id or subject[0].words if subject else ""
    found = [m for m in here if hit.first <= m.first < hit.last]
    owners = [m for m in all_here if m.is_possessor and hit.first <= m.first < hit.last]
    # "hit their mother": not the children, but the mother.
    found += [m for m in owners if not any(0 <= k.first - m.last <= 1 for k in here)]
    for mention in after:
        if mention.first - hit.last > _OBJECT_WORDS or mention in found:
            continue
        word = _word_before(mention, passage)
        if word in _TOWARDS or (word not in _AGENTS and not mention.is_oblique):
            found.append(mention)
    return [
        m
        for m in found
        if (m.person_id or m.words) != actor and _word_before(m, passage) not in _AGENTS
    ]


def _owners_of_parent(mentions: Sequence[Mention], hit: Hit) -> list[Mention]:
    """Those whose parent does what the hit tells: "his father was in prison", "her own father"."""
    parents = [
        m
        for m in mentions
        if not m.is_possessor
        and m.words.lower().replace(" ", "-") in PARENTS | {"parents"}
        and hit.first - _PARENT_WORDS <= m.first < hit.last + 1
    ]
    return [
        owner
        for owner in mentions
        # "Their father" is not that of the parents who were spoken of.
        if not (owner.is_plural and owner.role is SubjectRole.PARENT_CARER)
        and owner.is_possessor
        and any(0 <= p.first - owner.last <= _OWNER_WORDS for p in parents)
    ]


def _is_passive(hit: Hit, passage: Passage) -> bool:
    start = max(passage.clause(hit.first)[0], hit.first - 2)
    return any(word.lower() in _PASSIVE for word in passage.words[start : hit.anchor + 1])


def _word_before(mention: Mention, passage: Passage) -> str:
    position = mention.first - 1
    while position >= 0 and passage.words[position].lower() in {
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
    }:
        position -= 1
    return passage.words[position].lower() if position >= 0 else ""


def _first(mention: Mention) -> int:
    return mention.first
