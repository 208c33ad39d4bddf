#!/usr/bin/env python3
"""Opens the report page in a real browser: no errors, no requests, filters by mouse and keyboard, links, accessibility, screenshots.

    cargo test --test it -- --ignored report::samples      # writes target/samples/report.html
    python3 tests/external/check_report.py target/samples/report.html [FOLDER FOR SCREENSHOTS]

Needs Chromium (`apt-get install chromium`) and the pip packages playwright and, for accessibility, axe-playwright-python; without Chromium
or playwright nothing is checked, and it says so.
"""

import pathlib
import shutil
import sys

failed = []


def check(what, good, more=""):
    print(f"{'ok    ' if good else 'FAILED'} {what} {'' if good else more}")
    if not good:
        failed.append(what)


def main(page_file, shots):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if not chromium:
        print("SKIPPED: needs Chromium and the pip package playwright")
        return
    url = page_file.resolve().as_uri()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        errors, requests = [], []
        page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(url)
        shown = lambda: page.locator(".claim:visible").count()
        everything = page.locator(".claim").count()
        check("claims are there", everything > 0 and shown() == everything, (shown(), everything))

        # Mouse.
        page.select_option("select[name=act]", "demand")
        acts = page.eval_on_selector_all(".claim:not([hidden])", "list => list.map(c => c.dataset.act)")
        check("filter by act", acts and set(acts) == {"demand"}, acts[:3])
        check("count is told", str(len(acts)) in page.inner_text("#count"), page.inner_text("#count"))
        page.click("#filters button[type=reset]")
        page.wait_for_timeout(100)
        check("show all", shown() == everything, shown())
        actor = page.eval_on_selector("select[name=actor] option:nth-child(2)", "o => o.value")
        page.select_option("select[name=actor]", actor)
        page.select_option("select[name=role]", "source")
        sources = page.eval_on_selector_all(".claim:not([hidden])", "list => list.map(c => c.dataset.source)")
        check("filter by actor and part", sources and all(actor in s.split(" ") for s in sources), sources[:3])
        page.click("#filters button[type=reset]")
        page.wait_for_timeout(100)
        dated = page.query_selector(".claim[data-date]:not([data-date=''])")
        if dated:  # articles may be without a date
            day = dated.evaluate("c => c.dataset.date")
            page.fill("input[name=from]", day)
            page.fill("input[name=until]", day)
            days = page.eval_on_selector_all(".claim:not([hidden])", "list => list.map(c => c.dataset.date)")
            check("filter by date", days and set(days) == {day}, days[:3])
            page.click("#filters button[type=reset]")
            page.wait_for_timeout(100)

        # Keyboard: into the form, choose, back.
        page.focus("select[name=issue]")
        page.keyboard.press("ArrowDown")
        issue = page.eval_on_selector("select[name=issue]", "s => s.value")
        issues = page.eval_on_selector_all(".claim:not([hidden])", "list => list.map(c => c.dataset.issue)")
        check("filter by keyboard", issue and issues and all(issue in i.split(" ") for i in issues), (issue, issues[:3]))
        page.focus("#filters button[type=reset]")
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
        check("reset by keyboard", shown() == everything)

        # From an edge of the picture to its passage: two clicks.
        edge = page.locator("svg.demarche a[href^='#edge-'] .label, svg.demarche a[href^='#edge-'] .edge").first
        target = edge.evaluate("e => e.closest('a').getAttribute('href')")
        edge.evaluate("e => e.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))")
        page.wait_for_timeout(200)
        row = page.locator(f"[id='{target[1:]}']")
        check("edge leads to its row", row.is_visible() and page.evaluate("document.activeElement.id") == target[1:], target)
        link = row.locator("a[href^='#claim-']").first
        claim = link.get_attribute("href")
        link.click()
        page.wait_for_timeout(200)
        check("row leads to the claim", page.locator(f"[id='{claim[1:]}']").is_visible() and page.evaluate("document.activeElement.id") == claim[1:])
        # A claim that is filtered away comes back when a link leads to it.
        page.fill("input[name=words]", "no such words in any claim")
        check("filter by words", shown() == 0)
        page.evaluate(f"location.hash = ''; location.hash = '{claim}'")
        page.wait_for_timeout(200)
        check("a link shows its claim", page.locator(f"[id='{claim[1:]}']").is_visible())

        # A cell of the table filters the list.
        cell = page.locator("table.stances details").first
        cell.locator("summary").click()
        cell.locator("button.pick").click()
        page.wait_for_timeout(100)
        check("a cell filters", 0 < shown() < everything, shown())
        page.click("#filters button[type=reset]")

        with page.expect_download() as download:
            page.locator("a[download='claims.csv']").click()
        text = pathlib.Path(download.value.path()).read_text("utf-8")
        check("download", text.startswith("id,document,") and text.count("\n") >= everything)
        check("no errors in the console", not errors, errors[:3])
        check("no requests", requests == [url] or all(r == url or r.startswith("data:") for r in requests), requests[:3])

        try:
            from axe_playwright_python.sync_playwright import Axe
            for scheme in ["light", "dark"]:
                page.emulate_media(color_scheme=scheme)
                found = Axe().run(page).response["violations"]
                check(f"accessibility, {scheme}", not found, [(v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:300]) for v in found])
        except ImportError:
            print("SKIPPED accessibility: needs the pip package axe-playwright-python")

        # Without scripts.
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(url)
        check("works without scripts", plain.locator(".claim:visible").count() == everything and not plain.locator("#filters").is_visible())

        if shots:
            shots.mkdir(parents=True, exist_ok=True)
            for wide in [1280, 390]:
                for scheme in ["light", "dark"]:
                    view = browser.new_page(viewport={"width": wide, "height": 900}, color_scheme=scheme)
                    view.goto(url)
                    overflow = view.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    check(f"no sideways scrolling at {wide}", overflow <= 0, overflow)
                    for name in ["network", "table", "claims"]:
                        view.evaluate(f"document.getElementById('{name}').scrollIntoView()")
                        view.screenshot(path=shots / f"report-{name}-{wide}-{scheme}.png")
            view = browser.new_page()
            view.goto(url)
            view.pdf(path=shots / "report.pdf", format="A4")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else None)
    sys.exit(bool(failed))
