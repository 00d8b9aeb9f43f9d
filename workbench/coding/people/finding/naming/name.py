"""One name of a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it is first printed; ``aliases`` are other ways it is printed."""

    text: str
    start_char: int
    n_mentions: int
    sex: str = ""
    aliases: tuple[str, ...] = ()
    is_professional: bool = False
    is_attacker: bool = False  # one without a name: "a man of 19"

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.text, *self.aliases)
