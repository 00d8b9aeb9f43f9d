"""Topics of made-up passages, by the preview."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from topic_making import TOPICS, made_passages

from workbench.errors import InputError
from workbench.findings.topics import (
    Coded,
    Method,
    Topic,
    TopicPassage,
    Topics,
    TopicSettings,
    find_topics,
)
from workbench.findings.topics.model import Floats
from workbench.records.codec import dumps, loads

QUICK = TopicSettings(method=Method.QUICK, n_topics=3, n_runs=1)


def found_in(passages: list[TopicPassage], rows: Floats, **changes: object) -> Topics:
    return find_topics(passages, rows, replace(QUICK, **changes))  # type: ignore[arg-type]


def with_word(topics: Topics, word: str) -> Topic:
    return next(topic for topic in topics.topics if word in dict(topic.terms))


def test_the_topics_that_were_made_are_found() -> None:
    topics = found_in(*made_passages())
    assert [len(topic.members) for topic in topics.topics] == [32, 32, 32]
    for words, _ in TOPICS.values():
        topic = with_word(topics, words.split()[1])
        assert set(dict(topic.terms)) & set(words.split())
        assert len({member.ordinal // 10 for member in topic.members}) == 1


def test_shuffled_rows_give_the_same_topics() -> None:
    passages, rows = made_passages(spread=0.3)
    order = np.random.default_rng(9).permutation(len(rows))
    shuffled = found_in([passages[place] for place in order], rows[order])
    assert dumps(shuffled) == dumps(found_in(passages, rows))


def test_topics_are_kept_and_read_again() -> None:
    topics = found_in(*made_passages())
    assert loads(Topics, dumps(topics)) == topics


def test_a_topic_knows_whether_the_codebook_knows_it() -> None:
    topics = found_in(*made_passages())
    drink, home = with_word(topics, "drinking"), with_word(topics, "tenancy")
    assert drink.coded is Coded.ALREADY
    assert [(each.code_id, each.share) for each in drink.overlaps] == [("alcohol_misuse", 1.0)]
    assert drink.overlaps[0].lift == pytest.approx(3)
    assert (home.coded, home.overlaps, home.coded_share) == (Coded.NEW, (), 0)


def test_a_code_that_stands_everywhere_names_no_topic() -> None:
    passages, rows = made_passages()
    everywhere = [replace(passage, codes=("practice",)) for passage in passages]
    assert {topic.coded for topic in found_in(everywhere, rows).topics} == {Coded.NEW}


def test_a_code_on_a_few_passages_is_partly() -> None:
    passages, rows = made_passages()
    rare = [
        replace(passage, codes=("rare",) if 10 <= passage.ordinal < 11 else ())
        for passage in passages
    ]
    home = with_word(found_in(rare, rows, coded_share=0.3), "tenancy")
    assert (home.coded, home.overlaps[0].n_passages) == (Coded.PARTLY, 8)


def test_a_topic_of_one_review_is_flagged() -> None:
    passages, rows = made_passages()
    mine = [
        replace(passage, review="mine", document_id="mine", ordinal=place)
        if passage.ordinal >= 20 and passage.document_id != "doc0"
        else passage
        for place, passage in enumerate(passages)
    ]
    topics = found_in(mine, rows)
    assert with_word(topics, "teacher").carried_by == "mine"
    assert with_word(topics, "drinking").carried_by == ""


def test_years_count_reviews_with_the_topic_among_those_of_the_year() -> None:
    passages, rows = made_passages()
    kept = [i for i, each in enumerate(passages) if each.year != 2015 or each.ordinal >= 10]
    topics = found_in([passages[i] for i in kept], rows[kept])
    assert with_word(topics, "drinking").years == (
        (2015, 0, 2), (2016, 2, 2), (2017, 2, 2), (2018, 2, 2),
    )  # fmt: skip


def test_shown_passages_are_the_nearest_with_few_of_one_review() -> None:
    topics = found_in(*made_passages(n_reviews=4, n_each=8), nearest_of_review=2)
    for topic in topics.topics:
        shown = [topic.members[place] for place in topic.nearest]
        assert len(shown) == 8
        assert [member.closeness for member in shown] == sorted(
            (member.closeness for member in shown), reverse=True
        )
        documents = [member.document_id for member in shown]
        assert max(documents.count(each) for each in documents) == 2


def test_the_hierarchy_joins_all_topics() -> None:
    topics = found_in(*made_passages(), n_topics=3)
    assert len(topics.joins) == 2
    assert topics.joins[0].distance <= topics.joins[1].distance <= 1


def test_the_same_words_twice_in_a_review_are_one_passage() -> None:
    passages, rows = made_passages()
    copy = replace(passages[0], ordinal=999, text=passages[0].text.upper())
    elsewhere = replace(copy, review="another", document_id="another")
    topics = found_in([*passages, copy, elsewhere], np.vstack([rows, rows[:1], rows[:1]]))
    assert topics.n_passages == len(passages) + 1


def test_too_few_passages_are_refused_by_number() -> None:
    passages, rows = made_passages(n_reviews=2, n_each=2)
    with pytest.raises(InputError, match="there are 12"):
        found_in(passages, rows)


def test_rows_must_fit_the_passages() -> None:
    passages, rows = made_passages()
    with pytest.raises(ValueError, match="95 rows for 96 passages"):
        found_in(passages, rows[:-1])


def test_settings_name_all_their_problems() -> None:
    with pytest.raises(InputError, match="n_topics is 1") as caught:
        TopicSettings(n_topics=1, n_runs=-1, kept_reviews=1.0)
    assert all(name in str(caught.value) for name in ("n_runs", "kept_reviews", "n_topics"))


def test_guided_rows_follow_the_codes() -> None:
    passages, rows = made_passages(spread=0.2)
    guides = np.eye(3, rows.shape[1], dtype=np.float32)
    plain, drawn = (find_topics(passages, rows, QUICK, given) for given in (None, guides))
    assert {len(topic.members) for topic in drawn.topics} == {32}
    assert plain.n_passages == drawn.n_passages
