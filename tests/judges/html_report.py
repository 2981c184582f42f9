#!/usr/bin/env python3
"""The HTML report, judged by headless Chromium.

    html_report.py CASEBOOK SCRATCH

CASEBOOK is the program, SCRATCH an empty folder. Needs `chromium` in PATH and nothing beyond Python's own library: the
browser is driven over a pipe (Chrome DevTools Protocol, `--remote-debugging-pipe`).

A click on the evidence of a link leads to its sentence, with and without scripts; nothing is written to the console;
no request leaves; no name of the notebook becomes an element; it prints.
"""

import base64
import json
import os
import pathlib
import re
import select
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "saves" / "port-leonie.ron"
LONG = 120.0
HOSTILE = [
    "</style></title><script>document.title='run'</script>",
    "\"><img src=x onerror=\"document.title='run'\">",
    "javascript:document.title='run'",
    "' onmouseover='document.title=1' x='",
    "<!-- a --><![CDATA[ b ]]>&lt;svg onload=1&gt;",
    "\u202erev\u202c \u0001 \ufffe",
    "<a href='http://example.invalid/'>out</a><iframe src=http://example.invalid/></iframe>",
]


class Browser:
    """Chromium with one page, spoken to over a pipe."""

    def __init__(self, scratch, *extra):
        program = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
        if program is None:
            sys.exit("html_report.py: no Chromium is installed")
        ours, theirs = os.pipe(), os.pipe()
        # The browser reads from 3 and writes to 4.
        def hand_over():
            os.dup2(os.dup(ours[0]), 13)
            os.dup2(os.dup(theirs[1]), 14)
            os.dup2(13, 3)
            os.dup2(14, 4)
        profile = pathlib.Path(scratch) / "profile"
        arguments = [
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-default-apps", "--hide-scrollbars",
            "--remote-debugging-pipe", f"--user-data-dir={profile}", *extra, "about:blank",
        ]
        self.process = subprocess.Popen(
            arguments, preexec_fn=hand_over, close_fds=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(ours[0])
        os.close(theirs[1])
        self.out, self.into = ours[1], theirs[0]
        self.number, self.buffer, self.events, self.session = 0, b"", [], None
        # What is answered to requests while they are held back: pages by the beginning of their address.
        self.pages = {}
        target = next(one for one in self.ask("Target.getTargets")["targetInfos"] if one["type"] == "page")
        self.session = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "DOM"):
            self.ask(f"{domain}.enable")

    def read(self):
        until = time.monotonic() + LONG
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.into], [], [], max(0.0, until - time.monotonic()))
            check(ready, "Chromium says nothing any more")
            part = os.read(self.into, 1 << 16)
            if not part:
                sys.exit("html_report.py: Chromium went away")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(message)
        if message.get("method") == "Fetch.requestPaused":
            self.answer(message["params"])
        return message

    def answer(self, request):
        """Answers a request that is held back: with a page of ours, or not at all."""
        asked = request["request"]["url"]
        page = next((page for start, page in self.pages.items() if asked.startswith(start)), None)
        if page is None:
            self.send("Fetch.failRequest", requestId=request["requestId"], errorReason="Failed")
            return
        self.send(
            "Fetch.fulfillRequest", requestId=request["requestId"], responseCode=200,
            responseHeaders=[{"name": "Content-Type", "value": "text/html; charset=utf-8"}],
            body=base64.b64encode(page.encode()).decode(),
        )

    def send(self, method, **given):
        """Sends a command and waits for nothing: its number."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": given}
        if self.session and not method.startswith("Target."):
            message["sessionId"] = self.session
        rest = json.dumps(message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self.out, rest):]
        return self.number

    def ask(self, method, **given):
        number = self.send(method, **given)
        until = time.monotonic() + LONG
        while time.monotonic() < until:
            answer = self.read()
            if answer.get("id") == number:
                if "error" in answer:
                    sys.exit(f"html_report.py: {method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)
        sys.exit(f"html_report.py: {method} took too long")

    def open(self, path):
        self.events.clear()
        self.ask("Page.navigate", url=pathlib.Path(path).absolute().as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.read())

    def run(self, script):
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            sys.exit(f"html_report.py: {script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def click(self, selector):
        """A real click on the middle of the first line of an element."""
        at = self.run(
            f"(() => {{ const it = document.querySelector({json.dumps(selector)}); it.scrollIntoView({{block: 'center', behavior: 'instant'}});"
            " const box = it.getClientRects()[0]; return [box.x + Math.min(box.width / 2, 12), box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=at[0], y=at[1], button="left", clickCount=1)

    def faults(self):
        """What was written to the console, and the requests beyond the page itself."""
        told, asked = [], []
        for event in self.events:
            method, given = event.get("method"), event.get("params", {})
            if method == "Runtime.consoleAPICalled" and given["type"] in ("error", "warning", "assert"):
                told.append(given["args"])
            elif method == "Runtime.exceptionThrown":
                told.append(given["exceptionDetails"])
            elif method == "Log.entryAdded" and given["entry"]["level"] in ("error", "warning"):
                told.append(given["entry"]["text"])
            elif method == "Network.requestWillBeSent" and given.get("type") != "Document":
                asked.append(given["request"]["url"])
            elif method == "Network.requestWillBeSent" and not given["request"]["url"].startswith("file:"):
                asked.append(given["request"]["url"])
        return told, asked

    def close(self):
        self.ask("Browser.close") if self.process.poll() is None else None
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def check(holds, why):
    if not holds:
        sys.exit(f"html_report.py: {why}")


def leads_to_its_sentence(browser, report, scripts):
    """A click on the evidence of a link goes to its words in the article."""
    browser.open(report)
    count = browser.run("document.querySelectorAll('#links .link blockquote a').length")
    check(count > 0, "the sample has links with evidence")
    words = browser.run("document.querySelector('#links .link blockquote a').textContent")
    browser.click("#links .link blockquote a")
    time.sleep(0.5)
    state = browser.run(
        "(() => { const at = document.querySelector(':target'); if (!at) return null; const box = (at.getClientRects()[0] || at.getBoundingClientRect());"
        " return {id: location.hash, top: box.y, high: innerHeight, text: at.closest('.text') !== null,"
        "  par: at.closest('.par').textContent, lit: document.querySelectorAll('.lit').length}; })()"
    )
    check(state is not None, f"a click on {words!r} leads nowhere")
    check(state["text"], f"{state['id']} is not in the text of an article")
    check(0 <= state["top"] <= state["high"], f"{state['id']} is not in view after the click: {state['top']}")
    start = re.sub(r"[“”]", "", words).strip()[:20]
    check(start in state["par"], f"{words!r} leads to another sentence: {state['par']!r}")
    check((state["lit"] > 0) == scripts, "the words that a link leads to are marked by the script")


def sound_anchors(browser):
    """No id twice, every link inside the page leads somewhere, every other one to the web."""
    state = browser.run(
        "(() => { const ids = Array.from(document.querySelectorAll('[id]'), (it) => it.id);"
        " const links = Array.from(document.querySelectorAll('a[href], use, image'), (it) => it.getAttribute('href') || it.getAttribute('xlink:href'));"
        " return {twice: ids.filter((id, at) => ids.indexOf(id) !== at).slice(0, 9),"
        "  lost: links.filter((to) => to.startsWith('#') && !document.getElementById(to.slice(1))).slice(0, 9),"
        "  odd: links.filter((to) => !to.startsWith('#') && !/^https?:[/][/]/.test(to)).slice(0, 9),"
        "  loads: document.querySelectorAll('img, iframe, object, embed, link, video, audio, source, form, base, [src], [style], [onclick]').length,"
        "  scripts: document.scripts.length, title: document.title}; })()"
    )
    check(not state["twice"], f"ids that stand twice: {state['twice']}")
    check(not state["lost"], f"links that lead nowhere: {state['lost']}")
    check(not state["odd"], f"links to what is no page: {state['odd']}")
    check(state["loads"] == 0, "there are elements that load something, or attributes that run something")
    check(state["scripts"] == 1, f"{state['scripts']} scripts")
    return state["title"]


def fragments_lead_to_words(browser, casebook, scratch):
    """The address of a quotation leads to its words on the page it was found on, which is made up here: no request for it
    leaves the browser."""
    notebook, report = scratch / "web.ron", scratch / "web.html"
    shutil.copyfile(SAMPLE, notebook)
    shown = json.loads(subprocess.run([casebook, "show", notebook, "--json"], capture_output=True, check=True).stdout)
    edits, pages = [], {}
    for article in shown["articles"]:
        address = f"https://paper.example/{article['id']}"
        edits.append(f'Describe(article: "{article["id"]}", with: (url: "{address}"))')
    listed = scratch / "web-edits.ron"
    listed.write_text("[" + ",\n".join(edits) + "]", encoding="utf-8")
    subprocess.run([casebook, "edit", notebook, listed], check=True, stdout=subprocess.DEVNULL)
    export(casebook, notebook, report)
    browser.open(report)
    for article in shown["articles"]:
        paragraphs = browser.run(
            f"Array.from(document.querySelectorAll('#{article['id']} .text .par > p'), (it) => it.textContent)"
        )
        escaped = [words.replace("&", "&amp;").replace("<", "&lt;") for words in paragraphs]
        body = "".join(f'<p style="margin-bottom: 3000px">{words}</p>' for words in escaped)
        pages[article["id"]] = f"<!DOCTYPE html><meta charset=utf-8><link rel=icon href=\"data:,\"><title>page</title>{body}"
    quotes = browser.run(
        "Array.from(document.querySelectorAll('.statements > li, #links .link'), (it) => [it.querySelector('blockquote'), it.querySelector('.out')])"
        ".filter(([words, to]) => words && to).map(([words, to]) => [words.textContent, to.href])"
    )
    check(len(quotes) > 40, f"only {len(quotes)} quotations with an address")
    browser.pages = {f"https://paper.example/{id}": page for id, page in pages.items()}
    browser.ask("Fetch.enable", patterns=[{"urlPattern": "*"}])
    for words, address in quotes[:: max(1, len(quotes) // 25)]:
        wanted = re.sub(r"^“|”$", "", words)
        page = pages[re.search(r"/(a\w{10})#", address)[1]]
        browser.ask("Page.navigate", url="about:blank")
        browser.ask("Page.navigate", url=address)
        for _ in range(60):
            time.sleep(0.05)
            seen = browser.run(
                "(() => { const at = Array.from(document.querySelectorAll('p')).find((it) => { const box = it.getBoundingClientRect();"
                " return box.bottom > 0 && box.top < innerHeight && scrollY > 0; }); return at ? at.textContent : null; })()"
            )
            if seen is not None and wanted in re.sub(r"\s+", " ", seen):
                break
        first = wanted in re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page.split("</p>")[0]))
        check(first or (seen is not None and wanted in re.sub(r"\s+", " ", seen)), f"{address} does not lead to {wanted!r} but to {seen!r}")
    browser.ask("Page.navigate", url="about:blank")
    browser.ask("Fetch.disable")


def quiet(browser, what):
    time.sleep(0.3)
    told, asked = browser.faults()
    check(not told, f"{what}: on the console: {told}")
    check(not asked, f"{what}: requests: {asked}")


def hostile_notebook(casebook, scratch):
    """A notebook whose every name would be markup somewhere."""
    article = scratch / "hostile.txt"
    text = "\n".join(f"{name.replace(chr(1), ' ')} said so." for name in HOSTILE)
    article.write_text(text, encoding="utf-8")
    notebook = scratch / "hostile.ron"
    subprocess.run([casebook, "new", article, "--force", "-o", notebook], check=True, stdout=subprocess.DEVNULL)
    def quoted(words):
        return json.dumps(words, ensure_ascii=False).replace("\\u0001", "\\u{1}")
    edits = []
    for number, name in enumerate(HOSTILE):
        kind = ("Actor", "Event", "Claim")[number % 3]
        edits.append(f'AddEntity(kind: {kind}, name: {quoted(name)}, handle: "$e{number}", with: (note: {quoted(name)}, aliases: [{quoted(name)}]))')
    edits.append(f'Describe(with: (title: {quoted(HOSTILE[0])}, author: {quoted(HOSTILE[1])}, url: {quoted(HOSTILE[2])}))')
    edits.append('Link(from: "$e0", relation: "owns", to: "$e1", with: (note: "<b>"))')
    listed = scratch / "edits.ron"
    listed.write_text("[" + ",\n".join(edits) + "]", encoding="utf-8")
    done = subprocess.run([casebook, "edit", notebook, listed], capture_output=True, text=True)
    check(done.returncode == 0, f"casebook edit: {done.stderr}")
    return notebook


def export(casebook, notebook, to):
    done = subprocess.run([casebook, "export", notebook, "--to", "html", "--force", "-o", to], capture_output=True, text=True)
    check(done.returncode == 0, f"casebook export: {done.stderr}")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    casebook, scratch = pathlib.Path(sys.argv[1]).absolute(), pathlib.Path(sys.argv[2]).absolute()
    scratch.mkdir(parents=True, exist_ok=True)
    notebook = scratch / "sample.ron"
    shutil.copyfile(SAMPLE, notebook)
    report, hostile = scratch / "sample.html", scratch / "hostile.html"
    export(casebook, notebook, report)
    export(casebook, hostile_notebook(casebook, scratch), hostile)
    browser = Browser(scratch)
    try:
        leads_to_its_sentence(browser, report, scripts=True)
        sound_anchors(browser)
        quiet(browser, "the sample")
        every = browser.run("document.querySelectorAll('[data-item]').length")
        browser.run("(() => { const field = document.getElementById('filter'); field.value = 'quemar'; field.dispatchEvent(new Event('input')); })()")
        left = browser.run("document.querySelectorAll('[data-item]:not([hidden])').length")
        check(0 < left < every, f"the filter leaves {left} of {every}")
        browser.open(report)
        paper = base64.b64decode(browser.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
        (scratch / "sample.pdf").write_bytes(paper)
        check(paper.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", paper)) > 3, "it prints on several pages")
        browser.open(hostile)
        check(sound_anchors(browser) not in ("run", "1"), "a name ran")
        shown = browser.run("document.body.textContent")
        for name in (HOSTILE[0], HOSTILE[1], HOSTILE[3], HOSTILE[6]):
            check(name in shown, f"{name!r} is not shown as it is")
        quiet(browser, "hostile names")
        fragments_lead_to_words(browser, casebook, scratch)
        browser.ask("Emulation.setScriptExecutionDisabled", value=True)
        leads_to_its_sentence(browser, report, scripts=False)
        check(not browser.run("getComputedStyle(document.querySelector('.tools')).display !== 'none'"), "controls without a script")
        quiet(browser, "without scripts")
    finally:
        browser.close()
    print("html_report.py: the HTML report holds")


if __name__ == "__main__":
    main()
