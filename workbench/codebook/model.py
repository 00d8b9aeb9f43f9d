"""The codebook as a record: its codes and the rules that hold for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workbench.records import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ProximityRule:
    """A practice code is raised when a topic term stands near a deficiency term.

    Terms may end in ``*``, which stands for any ending.
    """

    window_tokens: int  # on either side, within one sentence
    deficiency_terms: tuple[str, ...]
    positive_terms: tuple[str, ...]  # in the window they make the passage good practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """A checked codebook, its codes in the order of the file."""

    codebook_id: str
    version: str
    content_hash: str  # SHA-256 of the file's bytes, hexadecimal
    codes: tuple[Code, ...]
    levels: Mapping[str, str]  # L1..L7 -> description
    objectives: Mapping[str, str]  # O1..O8 -> description
    frameworks: Mapping[str, str]
    proximity: ProximityRule
    ambiguous_cues: Mapping[str, str]  # cue -> how its neighbours decide
    global_false_positives: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, str]  # unit_of_annotation, unit_of_counting, three_state_rule

    @property
    def factors(self) -> tuple[Code, ...]:
        """The codes that are causation factors, without the incident attributes."""
        return tuple(code for code in self.codes if not code.is_attribute)

    @property
    def ace_codes(self) -> tuple[Code, ...]:
        """The codes of the ten-item ACE set."""
        return tuple(code for code in self.codes if code.ace)

    def code(self, code_id: str) -> Code:
        """The code of that name.

        Raises:
            KeyError: There is none; the message names the nearest ones.
        """
        for code in self.codes:
            if code.code_id == code_id:
                return code
        raise KeyError(f"{code_id!r} is not a code of {self.codebook_id} {self.version}")


def frozen(mapping: Mapping[str, str]) -> Mapping[str, str]:
    """A read-only copy."""
    return MappingProxyType(dict(mapping))
