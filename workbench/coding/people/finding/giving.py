"""The role of everybody: of the main people, then of their kin, then of all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.coding.people.finding.attributes import Attributes
from workbench.coding.people.finding.kinship import kin_role
from workbench.coding.people.finding.naming.name import Name
from workbench.coding.people.finding.relations import Relation
from workbench.coding.rules.context import PeopleContext
from workbench.records import SubjectRole

_OFTEN, _VERY_OFTEN = 4, 10  # mentions of one without a role, and of a relative
_ROUNDS = 2  # the brother of a sister: her role must be known first


class RoleGiver:
    """Gives the people of one document their roles."""

    def __init__(
        self,
        context: PeopleContext,
        relations: Mapping[str, Relation],
        attributes: Attributes,
        told: Mapping[str, SubjectRole],
    ) -> None:
        self._context, self._relations = context, relations
        self._attributes, self._told = attributes, told

    def roles(
        self, names: Sequence[Name], mains: Mapping[str, SubjectRole]
    ) -> dict[str, SubjectRole]:
        """The role of each name of which something tells it.

        Args:
            names: Everybody, by first mention.
            mains: The roles of those whom the review is about.
        """
        roles = dict(mains)
        rest = [name for name in names if name.text not in roles]
        for _ in range(_ROUNDS):
            self._give(rest, roles)
        doer = self._perpetrator(names, roles)
        if doer:
            roles[doer] = SubjectRole.PERPETRATOR
            self._give([name for name in rest if name.text != doer], roles)
        return roles

    def _give(self, names: Sequence[Name], roles: dict[str, SubjectRole]) -> None:
        for name in names:
            role = self._role(name, roles)
            if role is not None:
                roles[name.text] = role

    def _role(self, name: Name, roles: Mapping[str, SubjectRole]) -> SubjectRole | None:
        if name.is_professional:
            return SubjectRole.AGENCY
        if name.is_attacker:
            return SubjectRole.PERPETRATOR
        if name.text in self._context.kin_names:
            return self._context.kin_names[name.text][0]
        relation = self._relations.get(name.text)
        if relation is None:
            return self._told.get(name.text)
        age = self._attributes.age(name)
        return kin_role(name.text, relation, roles, self._relations, age, self._context)

    def _perpetrator(self, names: Sequence[Name], roles: Mapping[str, SubjectRole]) -> str:
        """Where somebody was killed and nobody is said to have done it: who is most spoken of."""
        known = set(roles.values())
        if SubjectRole.VICTIM not in known or SubjectRole.PERPETRATOR in known:
            return ""
        others = [
            name
            for name in names
            if roles.get(name.text) is not SubjectRole.VICTIM
            and not name.is_professional
            and name.n_mentions >= (_VERY_OFTEN if name.text in roles else _OFTEN)
            and not self._attributes.is_elsewhere(name)
        ]
        return max(others, key=lambda name: name.n_mentions).text if others else ""
