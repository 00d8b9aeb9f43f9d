"""To which kinds of agency a recommendation is made."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.cases.journey.kinds import EVERYBODY, Kinds
from workbench.cases.journey.naming.forms import Name, name_key, short_forms
from workbench.cases.journey.naming.names import split_names
from workbench.records.journey import Agency

_EVERYBODY = re.compile(
    r"^(?:all|every|each|both)?(?: (?:the|of the|partner|statutory))*\s*"
    r"(?:agenc(?:y|ies)|partners?(?: agenc(?:y|ies))?|organisations?)$",
    re.IGNORECASE,
)


class Addressees:
    """Knows the agencies of one document, and by what short forms it calls them."""

    def __init__(self, agencies: Sequence[Agency], kinds: Kinds) -> None:
        names = [
            Name(each.name, each.kind, each.start_char, each.end_char, set(each.aliases))
            for each in agencies
            if each.is_named
        ]
        self._kinds = kinds
        self._known = {name_key(name.name): name.kind for name in names}
        self._known |= {form: name.kind for form, name in short_forms(names).items()}

    def kinds_of(self, addressee: str) -> tuple[str, ...]:
        """The kinds, in the order in which the addressee names them; empty where no word tells.

        An agency that the document names has its kind; else the words of the name tell it.
        """
        found = [self._kind_of(part) for part in split_names(addressee, self._kinds)]
        return tuple(dict.fromkeys(kind for kind in found if kind))

    def _kind_of(self, part: str) -> str:
        if _EVERYBODY.match(part):
            return EVERYBODY
        return self._known.get(name_key(part)) or self._kinds.described(part)
