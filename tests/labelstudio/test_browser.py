"""One coder's path in a real browser, headless: what is marked by mouse comes back exactly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lent import ALCOHOL, TEXT
from real_bench import Real

from workbench.pipeline.labelstudio import pull_sample, push_sample
from workbench.records import Action, Assertion, Decision, Shown, SubjectRole

pytestmark = [pytest.mark.labelstudio, pytest.mark.timeout(1800)]
CHROMIUM = Path("/usr/bin/chromium")
MARKED = "🙂 and\r\nowed money"  # emoji, line break
#: Where the first and the last character of some words stand on the screen. A browser shows
#: every line break as one.
PLACES = """
words => {
  const root = document.querySelector('[class*="htx-richtext"], [class*="richtext__container"]');
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const at = [];
  for (let node; (node = walker.nextNode());)
    for (let k = 0; k < node.data.length; k++) at.push([node, k, node.data[k]]);
  const text = at.map(each => each[2]).join('');
  const bare = text.replace(/[\\r\\n]/g, '');
  const kept = at.filter(each => each[2] !== '\\r' && each[2] !== '\\n');
  const first = bare.indexOf(words.replace(/[\\r\\n]/g, ''));
  const last = first + words.replace(/[\\r\\n]/g, '').length - 1;
  const box = ([node, k], n) => {
    const range = document.createRange();
    range.setStart(node, k); range.setEnd(node, k + n);
    const r = range.getBoundingClientRect();
    return [r.left, r.right, r.top + r.height / 2];
  };
  const emoji = /[\\ud800-\\udbff]/.test(kept[first][2]);
  const a = box(kept[first], emoji ? 2 : 1), b = box(kept[last], 1);
  return [a[0] + 1, a[2], b[1] - 1, b[2]];
}
"""


@pytest.fixture
def page() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed: make system")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        page = browser.new_page(viewport={"width": 1800, "height": 1100})
        page.set_default_timeout(120_000)
        yield page
        browser.close()


def log_in(page: Any, real: Real, at: int) -> None:
    account = next(each for each in real.accounts if each.coder == real.coders[at])
    page.goto(f"{real.url}/user/login/")
    page.fill("input[name=email]", account.email)
    page.fill("input[name=password]", account.password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "login" not in url)


def choose(page: Any, name: str) -> None:
    """Tick a value of the mark that is selected."""
    page.locator(f"input[type=radio][name='{name}']").first.check(timeout=30_000)


def test_a_suggestion_changed_and_a_mark_made_by_mouse_come_back_exactly(
    page: Any, real: Real
) -> None:
    push_sample(real.root, "week-1", real.home)
    client, project_id, title = real.project(0)
    task_id = next(
        plain["id"] for plain in client.tasks(project_id, title)
        if plain["predictions"] and "drank" in plain["data"]["text"]
    )  # fmt: skip
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url))
    log_in(page, real, 0)
    page.goto(f"{real.url}/projects/{project_id}/data?task={task_id}")
    page.locator("[class*='htx-highlight-']").first.click()
    choose(page, "suspected")
    page.keyboard.press("Escape")
    page.locator("[class*='lsf-label_']", has_text="Debt").first.click()
    x0, y0, x1, y1 = page.evaluate(PLACES, MARKED)
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move((x0 + x1) / 2, y1, steps=4)
    page.mouse.move(x1, y1, steps=4)
    page.mouse.up()
    page.locator("[class*='htx-highlight-']", has_text="owed").first.click()
    choose(page, "affirmed")
    choose(page, "parent_carer")
    page.click("[data-testid='bottombar-submit-button']")
    page.wait_for_selector("[data-testid='bottombar-update-button']")

    anna, _ = pull_sample(real.root, "week-1", real.home)
    assert (anna.problems, anna.n_submitted) == ((), 1)
    made: dict[Action, Decision] = {each.action: each for each in real.decisions()}
    assert set(made) == {Action.AMEND, Action.ADD, Action.COMPLETE}
    amended, added = made[Action.AMEND], made[Action.ADD]
    assert amended.target == ALCOHOL.coding_id
    assert amended.assertion is Assertion.SUSPECTED
    assert amended.text == ALCOHOL.text
    assert added.text == MARKED == TEXT[added.start_char : added.end_char]
    assert (added.code_id, added.subject_role) == ("poverty_debt", SubjectRole.PARENT_CARER)
    assert {each.shown for each in made.values()} == {Shown.SUGGESTED}
    allowed = (real.url, "data:", "blob:")
    assert [url for url in elsewhere if not url.startswith(allowed)] == []


def test_what_is_ticked_for_the_incident_becomes_decisions(page: Any, real: Real) -> None:
    push_sample(real.root, "week-1", real.home)
    client, project_id, title = real.project(0)
    plain = next(each for each in client.tasks(project_id, title) if not each["predictions"])
    log_in(page, real, 0)
    page.goto(f"{real.url}/projects/{project_id}/data?task={plain['id']}")
    page.get_by_text("The incident (only what this text says)").click()
    for value in ("park", "16-19", "other_relative", "stranger"):
        page.locator(f"input[type=checkbox][name='{value}']").check()
    page.click("[data-testid='bottombar-submit-button']")
    page.wait_for_selector("[data-testid='bottombar-update-button']")
    anna, _ = pull_sample(real.root, "week-1", real.home)
    assert (anna.problems, anna.n_submitted) == ((), 1)
    assert {(each.code_id, each.value) for each in real.decisions() if each.value} == {
        ("incident_place", "park"), ("incident_time", "time_band=16-19"),
        ("incident_relationship", "other_relative"), ("incident_relationship", "stranger"),
    }  # fmt: skip
