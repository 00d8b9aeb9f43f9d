"""Colours that people with any common colour vision can tell apart."""

from __future__ import annotations

#: Okabe and Ito (2008), "Color Universal Design", the set without black and grey.
#: Text is painted over them, so that no meaning rests on the colour alone.
OKABE_ITO = (
    "#E69F00",  # orange
    "#56B4E9",  # sky blue
    "#009E73",  # bluish green
    "#F0E442",  # yellow
    "#0072B2",  # blue
    "#D55E00",  # vermilion
    "#CC79A7",  # reddish purple
)
#: For codes that the codebook does not have any more.
FORMER = "#999999"


def group_colours(groups: tuple[str, ...]) -> dict[str, str]:
    """Group -> colour; with more than seven groups, colours come again from the first."""
    return {group: OKABE_ITO[at % len(OKABE_ITO)] for at, group in enumerate(groups)}
