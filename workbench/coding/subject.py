"""Whose factor a coding is: the person, the agency or the place that carries it."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.coding.assertion import Judgement
from workbench.coding.candidates import Near, near_hit
from workbench.coding.matching import Hit
from workbench.coding.people.directory import Directory
from workbench.coding.people.kin import ALL_CHILDREN, PARENTS
from workbench.coding.people.memory import Mention
from workbench.coding.rules.context import SubjectContext
from workbench.coding.surroundings import (
    ADULTS,
    Subject,
    Surroundings,
    died,
    is_outsider,
    is_pronoun,
    is_sure,
    people_of,
    stands_in,
    subject_of,
    suits,
)
from workbench.coding.text.passage import Passage
from workbench.records import Assertion, Code, SubjectRole

_AGENCY_PREFIX = "ap_"
_MOST_CHILDREN = 4  # to whom "the children" are counted one by one
_GROUPS = frozenset({SubjectRole.PATIENT_OR_GROUP})
_SUFFERING = frozenset({"sufferer", "harmed"})  # whom a row tells of may be the one who did it
_CHILD_KINDS = frozenset({"child", "thematic"})


#: What a group cannot have; where groups are all there is, it cannot be suspected of it either.
_OF_PEOPLE = frozenset({Assertion.AFFIRMED, Assertion.HYPOTHETICAL})


class SubjectRules:
    """Chooses the subject of a hit for one document."""

    def __init__(self, context: SubjectContext, directory: Directory) -> None:
        self._context = context
        self._directory = directory
        kind = directory.review_kind
        if kind == "coroner" and directory.of_role(SubjectRole.VICTIM):
            kind = "homicide"  # a coroner tells what moved the one who killed
        self._defaults = context.defaults[kind]
        # An inspection or a coroner's concern speaks of groups; a review of one case does not.
        self._tells_of_people = directory.review_kind not in {"other", "coroner"}
        self._siblings = directory.siblings()
        self._small = directory.younger_than(context.grown_from_years)
        children = {child.person_id for child in directory.of_role(SubjectRole.INDEX_CHILD)}
        self._are_small = bool(children) and children <= self._small

    def bearer(self, code: Code) -> str:
        """The kind of bearer a code has: agency, place, sufferer, actor, childhood ... self."""
        if code.code_id.startswith(_AGENCY_PREFIX):
            return "agency"
        return self._context.bearers.get(code.code_id, "self")

    def of_assertion(self, code: Code, assertion: Assertion) -> Subject | None:
        """The subject that an assertion decides: nobody's where only the topic is named."""
        if assertion is Assertion.GENERAL:
            if self._tells_of_people or self.bearer(code) == "agency":
                return Subject(SubjectRole.NOT_APPLICABLE, reason="topic only")
            return Subject(SubjectRole.PATIENT_OR_GROUP, reason="topic only")
        if assertion is Assertion.RECOMMENDATION and self.bearer(code) != "agency":
            return Subject(SubjectRole.PATIENT_OR_GROUP, reason="recommendation")
        if self.bearer(code) == "agency":
            return Subject(SubjectRole.AGENCY, reason="practice")
        return None

    def of_group(
        self,
        code: Code,
        judgement: Judgement,
        subject: Subject,
        *,
        is_concrete: bool = False,
        is_timeless: bool = False,
    ) -> tuple[Judgement, Subject]:
        """What is said of a group in general, or of another case, is no fact of this case.

        Of what real children went through ("some children", "in one case") an inspection
        speaks as of a fact.
        """
        bearer = self.bearer(code)
        if is_timeless and bearer not in {"agency", "place"} and self._is_nobody(subject):
            return Judgement(Assertion.GENERAL, "nobody, and nothing that happened"), Subject(
                SubjectRole.PATIENT_OR_GROUP, reason="topic only"
            )
        if subject.role is SubjectRole.NOT_APPLICABLE and not subject.person_id:
            return Judgement(Assertion.GENERAL, "somebody outside the case"), subject
        if subject.person_id in self._directory.elsewhere and subject.person_id:
            reason = f"{subject.reason} belongs to another case"
            return Judgement(Assertion.GENERAL, reason), Subject(SubjectRole.NOT_APPLICABLE)
        if bearer in {"agency", "place"} or not self._is_group(subject):
            return judgement, subject
        if self._tells_of_people and bearer in {"childhood", "household"}:
            return judgement, Subject(self._default_role("childhood"), reason=subject.reason)
        if is_concrete and self._directory.review_kind == "other":
            return judgement, subject
        if judgement.assertion in _OF_PEOPLE or (
            not self._tells_of_people and judgement.assertion is not Assertion.GENERAL
        ):
            judgement = Judgement(Assertion.GENERAL, "a group, nobody of the case")
        if judgement.assertion is Assertion.GENERAL and self._tells_of_people:
            subject = Subject(SubjectRole.NOT_APPLICABLE, reason=subject.reason)
        return judgement, subject

    def _is_nobody(self, subject: Subject) -> bool:
        """Whether a coroner's sentence names nobody who might bear a factor."""
        return self._directory.review_kind == "coroner" and subject.reason == "by default"

    def _is_group(self, subject: Subject) -> bool:
        # An inspection tells of no case: whoever has no name there stands for many.
        nameless = self._directory.review_kind == "other" and not subject.person_id
        return subject.role is SubjectRole.PATIENT_OR_GROUP or nameless

    def choose(
        self, code: Code, hit: Hit, passage: Passage, around: Surroundings
    ) -> tuple[Subject, ...]:
        """Whose factor a coding about a person or place is; several for "the children"."""
        bearer = self.bearer(code)
        if bearer == "place":
            return (Subject(SubjectRole.PLACE, reason="place"),)
        mentions = self._individuals(hit, passage, around.near(hit, passage))
        before = people_of(around.before)
        if code.code_id in self._context.grown_codes:
            mentions = [m for m in mentions if not self._is_small(m)]
            before = [m for m in before if not self._is_small(m)]
        near = near_hit(hit, passage, mentions, before)
        allowed = frozenset(code.roles) | self._context.further_roles | {self._default_role(bearer)}
        if bearer == "coverage":
            told = [s for m in near.objects if m.role in allowed for s in self._each(m)]
            return tuple(told) or (Subject(SubjectRole.PLACE, reason="place"),)
        if bearer in {"childhood", "household"}:
            return self._children(near, allowed)
        if bearer == "bereaved":
            return self._bereaved(hit, passage, near, allowed)
        if around.is_row and mentions and mentions[0].first == 0 and bearer not in _SUFFERING:
            near = near_hit(hit, passage, mentions[:1], ())  # a row is about its first cell
        chosen = self._one(bearer, near, allowed, (hit, passage))
        if chosen is None:
            return (self._default(code, bearer),)
        if bearer == "sufferer" and is_outsider(chosen, passage):
            return (Subject(SubjectRole.NOT_APPLICABLE, reason=chosen.words),)
        is_weak = not is_pronoun(chosen) and not is_sure(chosen, hit, passage)
        return tuple(subject._replace(is_weak=is_weak) for subject in self._each(chosen))

    def _one(
        self, bearer: str, near: Near, allowed: frozenset[SubjectRole], place: tuple[Hit, Passage]
    ) -> Mention | None:
        """The one near a hit who bears the factor, None where nobody is named who may."""
        if bearer == "sufferer":
            return self._sufferer(near, allowed)
        harmed = [m for m in near.objects if m.role in allowed] if bearer == "harmed" else []
        order = near.of_actor if bearer == "actor" else near.of_bearer
        fitting = (m for m in order if m.role in allowed and suits(bearer, m, *place))
        return next(iter(harmed), None) or next(fitting, None)

    def _bereaved(
        self, hit: Hit, passage: Passage, near: Near, allowed: frozenset[SubjectRole]
    ) -> tuple[Subject, ...]:
        """Who lost somebody: the owner of the one who died, or who else is spoken of; or their kin.

        "His grandmother died" is his loss, and hers is none.
        """
        dead = [m for m in near.sentence if died(m, hit, passage)]
        gone = {m.person_id for m in dead if m.person_id}
        for mention in dead:
            if mention.of is not None and mention.of[0] in allowed:
                return (Subject(*mention.of, reason=f"lost {mention.words}"),)
        left = [m for m in near.of_bearer
                if m.role in allowed and m not in dead and m.person_id not in gone]  # fmt: skip
        here = [m for m in left if stands_in(m, hit, passage, near.sentence)]
        if here:
            return self._each(here[0])
        for person_id in sorted(gone):
            kin = [p for p in self._directory.kin_left(person_id) if p.role in allowed]
            if kin:
                return tuple(Subject(p.role, p.person_id, "kin of the dead") for p in kin)
        if left:
            return tuple(s._replace(is_weak=True) for s in self._each(left[0]))
        return (Subject(self._default_role("self"), reason="by default", is_weak=True),)

    def _individuals(
        self, hit: Hit, passage: Passage, mentions: Sequence[Mention]
    ) -> Sequence[Mention]:
        """In a review of a case, a group counts only in a sentence that names nobody."""
        if not self._tells_of_people:
            return mentions
        first, last = passage.sentence(hit.first)
        here = [m for m in mentions if first <= m.first < last]
        if here and all(m.role in _GROUPS for m in here):
            return here
        return people_of(mentions)

    def _each(self, mention: Mention) -> tuple[Subject, ...]:
        """The person of a mention; of "the children" each subject child where they are few."""
        children = self._directory.of_role(SubjectRole.INDEX_CHILD)
        plural = mention.is_plural and mention.role is SubjectRole.INDEX_CHILD
        if plural and not mention.person_id and 1 < len(children) <= _MOST_CHILDREN:
            return tuple(Subject(c.role, c.person_id, mention.words) for c in children)
        return (subject_of(mention),)

    def _sufferer(self, near: Near, allowed: frozenset[SubjectRole]) -> Mention | None:
        """The one who suffered: the object of the deed, else whoever is near and did not do it."""
        did = {m.person_id for m in near.agents if m.person_id}
        suffered = [m for m in near.objects if m.role in allowed]
        if suffered:
            return suffered[0]
        order = [m for m in near.of_bearer if m.role in allowed and m.person_id not in did]
        others = [m for m in order if m.role is not SubjectRole.PERPETRATOR]
        if near.is_active and order and order[0].role is not SubjectRole.VICTIM:
            partner = self._directory.partner_of(order[0].person_id)
            if partner is not None:
                words = f"partner of {order[0].words}"
                return order[0]._replace(
                    role=partner.role, person_id=partner.person_id, words=words
                )
        if others:
            return others[0]
        if order and self._directory.review_kind in {"homicide", "joint"}:
            return None  # what the perpetrator did: the victim suffered it, by default
        return order[0] if order else None

    def _children(self, near: Near, allowed: frozenset[SubjectRole]) -> tuple[Subject, ...]:
        """Whose childhood it was: the nearest person who is nobody's parent here.

        A parent's own childhood counts where only the parent is spoken of.
        """
        if near.owners_of_parent:
            return self._each_child(near.owners_of_parent[0])
        here = [m for m in near.sentence if m.role in allowed and not self._is_adult(m)]
        if here:
            return self._each_child(here[0])
        parent = next((m for m in near.sentence if self.is_parent(subject_of(m))), None)
        if parent is not None:
            if near.is_own_childhood:
                return (subject_of(parent),)
            children = self.children_of(subject_of(parent))
            if children:
                return children
        for mention in near.of_bearer:
            if mention.role in allowed and not self._is_adult(mention):
                return self._each_child(mention)
        return (Subject(self._default_role("childhood"), reason="by default"),)

    def _each_child(self, mention: Mention) -> tuple[Subject, ...]:
        """The child of a mention; of "both boys" the brothers, too."""
        each = self._each(mention)
        if mention.words.lower().split()[-1] not in ALL_CHILDREN:
            return each
        others = (p for s in each for p in self._siblings.get(s.person_id, ()))
        more = (Subject(p.role, p.person_id, mention.words) for p in others)
        return tuple(dict.fromkeys((*each, *more)))

    def _is_adult(self, mention: Mention) -> bool:
        return mention.role in ADULTS or mention.person_id in self._directory.parents

    def is_parent(self, subject: Subject) -> bool:
        """Whether a subject is a parent of a child of the case, whatever else they are."""
        return (
            subject.role is SubjectRole.PARENT_CARER or subject.person_id in self._directory.parents
        )

    def children_of(self, parent: Subject) -> tuple[Subject, ...]:
        """The children whose adversity a parent's condition is, none where there is no child."""
        reason = "child of " + parent.reason
        if parent.of is not None and (
            parent.of[0] not in ADULTS or parent.reason.lower() in PARENTS
        ):
            return (Subject(*parent.of, reason),)
        own = self._directory.own_children(parent.person_id)[:_MOST_CHILDREN]
        if own:
            return tuple(Subject(c.role, c.person_id, reason) for c in own)
        if self._directory.review_kind in _CHILD_KINDS or not parent.person_id:
            return (Subject(self._default_role("childhood"), reason=reason),)
        return ()

    def _is_small(self, mention: Mention) -> bool:
        """Whether somebody is too young to drink, to owe or to carry a knife."""
        if mention.role is SubjectRole.INDEX_CHILD and not mention.person_id:
            return self._are_small
        return mention.person_id in self._small

    def _default(self, code: Code, bearer: str) -> Subject:
        """Whose a factor is where nobody is named: of a small child it is the parent's."""
        role = self._default_role(bearer)
        if role is SubjectRole.INDEX_CHILD and self._are_small:
            role = SubjectRole.PARENT_CARER if code.code_id in self._context.grown_codes else role
        return Subject(role, reason="by default", is_weak=True)

    def _default_role(self, bearer: str) -> SubjectRole:
        return self._defaults.get(bearer) or self._defaults["childhood"]
