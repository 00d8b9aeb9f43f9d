"""Made-up passages whose topics are known."""

from __future__ import annotations

import numpy as np

from workbench.findings.topics import TopicPassage
from workbench.findings.topics.model import Floats

#: Words of each topic, and the code that stands on its passages ("" for none).
TOPICS = {
    "drink": ("alcohol drinking intoxicated vodka detox relapse sober pub", "alcohol_misuse"),
    "home": ("housing tenancy eviction landlord arrears homeless hostel rent", ""),
    "school": ("school exclusion attendance teacher classroom pupil timetable head", "exclusion"),
}
N_DIMENSIONS = 24


def made_passages(
    n_reviews: int = 8, n_each: int = 4, spread: float = 0.05, seed: int = 1
) -> tuple[list[TopicPassage], Floats]:
    """Passages of three topics, ``n_each`` of each in every review, with their rows.

    ``spread`` is the standard deviation around the centre of a topic, in each of 24 dimensions;
    the centres are at a distance of about 1.4.
    """
    draw = np.random.default_rng(seed)
    centres = np.eye(len(TOPICS), N_DIMENSIONS)
    passages, rows = [], []
    for review in range(n_reviews):
        for topic, (name, (words, code)) in enumerate(TOPICS.items()):
            for number in range(n_each):
                chosen = draw.permutation(words.split())[:5]
                passages.append(
                    TopicPassage(
                        document_id=f"doc{review}",
                        ordinal=10 * topic + number,
                        review=f"review-{review}",
                        text=f"{' '.join(chosen)} {name} {review} {number} of this",
                        codes=(code,) if code else (),
                        year=2015 + review % 4,
                    )
                )
                rows.append(centres[topic] + draw.normal(0, spread, N_DIMENSIONS))
    return passages, np.asarray(rows, dtype=np.float32)
