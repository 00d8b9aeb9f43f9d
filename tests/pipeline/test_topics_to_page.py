"""From the number of a topic's passages to the words on their page, as a reader clicks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbench.pipeline.job import run_job
from workbench.pipeline.run import RunSettings
from workbench.pipeline.topics.job import (
    Method,
    TopicsDone,
    TopicSettings,
    TopicsRequest,
    find_workspace_topics,
)
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.publish.walk import check_links
from workbench.store import readings
from workbench.store.workspace import Workspace

DEMO = Path(__file__).parents[2] / "corpora" / "demo" / "pdf"
NAMES = ("D15_sar_two_column.pdf", "D16_owhr_landscape.pdf", "D17_dhr_rotated_page.pdf")
REQUEST = TopicsRequest(
    settings=TopicSettings(method=Method.QUICK, n_topics=5, n_runs=2), embeddings=False
)
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of three fictional reviews, read and reported."""
    root = tmp_path_factory.mktemp("topics")
    create_workspace(root, "Three fictional reviews")
    for _ in add_documents(root, [DEMO / name for name in NAMES]):
        pass
    run_job(root, RunSettings(n_workers=1, paint=False, model="none"))
    return root


@pytest.fixture(scope="module")
def done(root: Path) -> TopicsDone:
    """Its topics, found in a preview."""
    return find_workspace_topics(root, REQUEST)


def test_no_link_of_the_topics_is_dead(done: TopicsDone) -> None:
    topics = done.page.parent
    problems = check_links(topics.parent)
    assert [each for each in problems if each.startswith("topics/")] == []
    links = re.findall(r'href="([^"]+)"', done.page.read_text(encoding="utf-8"))
    # The table, the map and the tree all lead to every topic.
    for topic in done.topics.topics:
        assert links.count(f"{topic.topic_id.lower()}.html") >= 3


def test_every_passage_of_a_topic_leads_to_rectangles_over_its_words(
    done: TopicsDone, root: Path
) -> None:
    with Workspace.open(root) as workspace:
        texts = {
            (reading.document.document_id[:12], segment.ordinal): reading.frozen.boxes(
                segment.start_char, segment.end_char
            )
            for reading in readings.read_readings(workspace)
            for segment in reading.segments
        }
    followed = 0
    for topic in done.topics.topics:
        page = done.page.with_name(f"{topic.topic_id.lower()}.html")
        items = re.findall(
            r'data-segment="([0-9a-f]{12})-(\d+)">.*?class="to-page" href="([^"#]+)#([^"]+)"',
            page.read_text(encoding="utf-8"),
            flags=re.DOTALL,
        )
        assert len(items) >= len(topic.members)
        for document, ordinal, href, anchor in items:
            sheet = (page.parent / href).read_text(encoding="utf-8")
            group = re.search(rf'<g id="{re.escape(anchor)}"[^>]*>(.*?)</g>', sheet)
            assert group is not None, (topic.topic_id, href, anchor)
            number = int(re.findall(r"p(\d+)\.html", href)[0])
            expected = [
                f"{box.x0:.2f} {box.top:.2f}"
                for box in texts[document, int(ordinal)]
                if box.page == number
            ]
            found = [" ".join(each) for each in re.findall(r'x="([\d.]+)" y="([\d.]+)"', group[1])]
            assert found == expected
            followed += 1
    assert followed > 100


@pytest.mark.filterwarnings("ignore")
def test_two_clicks_in_a_browser_end_at_highlighted_words(done: TopicsDone) -> None:
    if not CHROMIUM.exists():
        pytest.skip(f"needs Chromium at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(done.page.as_uri())
        number = page.locator('tbody a.n[href$="#passages"]').first
        n_passages = int(number.inner_text())
        number.click()
        assert page.locator("#passages + ul > li.passage").count() == n_passages
        page.locator("#passages + ul a.to-page").first.click()
        marked = page.locator("g.hl.segment:target rect")
        assert marked.count() >= 1
        fill = marked.first.evaluate("each => getComputedStyle(each).fillOpacity")
        box = marked.first.bounding_box()
        height = page.viewport_size["height"] if page.viewport_size else 0
        browser.close()
    assert float(fill) > 0
    assert box is not None
    assert 0 <= box["y"] < height, "the words are not in sight"
    assert complaints == []
