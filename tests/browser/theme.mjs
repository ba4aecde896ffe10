// The default theme, read in Chromium: node theme.mjs ESSAI CHROMIUM
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [essai, executablePath] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "essai-theme-"));
const files = {
  "essai.yaml": "title: Seeing\nauthor: Ada Example\nbase_url: http://example.org/sub/\nnavigation: [notes/lens.md]\n" +
    "theme: {accent: \"#114488\", fonts: libertinus, cards: true, footer: 'Under [a licence](notes/lens.md).'}\n",
  "content/notes/lens.md": "title: The lens\ndate: 2024-01-02\nkeywords: glass, light\ndescription: How glass bends light.\n\n" +
    "Light bends[^bend] in glass, as [the eye](eye.md#the-pupil) knows. See [far](https://example.org/far) and https://example.org/near.\n\n" +
    `${"word".repeat(200)}\n\n## Focus\n\n${"Some text to read. ".repeat(300)}\n\n## Blur\n\nText.\n\n## End\n\nText.\n\n` +
    `| ${Array(30).fill("column").join(" | ")} |\n|${"--|".repeat(30)}\n\n$$${Array.from({ length: 60 }, (_, n) => `x_{${n}}`).join("+")}$$\n\n` +
    "```python\nprint(1)\n```\n\n[^bend]: Snell found *how much*.\n",
  "content/notes/eye.md": "title: The eye\ndate: 2024-01-03\nkeywords: light\n\nAn organ of the body, which is as large as $x+y$.\n\n## The pupil\n\nA hole.\n\n??? note \"Why?\"\n    Light comes in.\n\n| from $E_0 = M$, $M = 1$ | 1 |\n|--:|--:|\n",
  "content/far.md": "title: بعيد\nlanguage: ar\n\nنص قصير.\n",
};
for (const [name, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
execFileSync(essai, ["-r", folder, "build", "-q"], { stdio: "inherit" });

const site = join(folder, "public");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'";
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  const file = path.startsWith("/sub/") ? join(site, path.slice(4), path.endsWith("/") ? "index.html" : "") : "";
  try {
    const bytes = readFileSync(file);
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", "content-security-policy": policy });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const http = `http://127.0.0.1:${server.address().port}/sub/`;
const disk = `${pathToFileURL(site)}/`;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let failures = 0;
async function check(name, options, test) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  // What a reader leaves before it has come is no failure.
  const isLeft = (request) => request.failure()?.errorText === "net::ERR_ABORTED";
  page.on("requestfailed", (request) => isLeft(request) || complaints.push(`no ${request.url()}`));
  try {
    await test(page);
    assert.deepEqual(complaints, []);
  } catch (error) {
    failures += 1;
    console.log(`FAILED ${name}: ${error.stack}`);
  }
  await context.close();
}
const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const shown = (page, selector) => page.locator(selector).first().isVisible();
const LIGHT = "rgb(253, 252, 249)";
const DARK = "rgb(25, 24, 21)";

for (const javaScriptEnabled of [true, false]) {
  const script = javaScriptEnabled ? "with" : "without";
  for (const [colorScheme, before, after] of [["light", LIGHT, DARK], ["dark", DARK, LIGHT]]) {
    await check(`the switch ${script} JavaScript, ${colorScheme}`, { colorScheme, javaScriptEnabled }, async (page) => {
      await page.goto(`${http}notes/lens.html`);
      assert.equal(await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor), before);
      await page.getByLabel("Swap light and dark").click();
      assert.equal(await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor), after);
      await page.reload();
      const kept = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
      assert.equal(kept, javaScriptEnabled ? after : before);
    });
  }
}

await check("settings reach the page", {}, async (page) => {
  await page.goto(`${http}notes/lens.html`);
  assert.equal(await page.locator(".text a[href='eye.html#the-pupil']").evaluate((link) => getComputedStyle(link).color), "rgb(17, 68, 136)");
  assert.equal(await page.locator(".site-footer a", { hasText: "a licence" }).getAttribute("href"), "lens.html");
});

await check("notes stand in the margin where there is room", {}, async (page) => {
  await page.goto(`${http}notes/lens.html`);
  assert.ok(await shown(page, ".sidenote"));
  const [text, note] = await page.evaluate(() => [".text", ".sidenote"].map((name) => document.querySelector(name).getBoundingClientRect()));
  assert.ok(note.left > text.right && note.right <= 1440, JSON.stringify([text, note]));
  assert.ok(await shown(page, ".toc nav"), "the contents stand beside the text");
  await page.setViewportSize({ width: 800, height: 900 });
  assert.ok(!(await shown(page, ".sidenote")));
  assert.ok(!(await shown(page, ".toc nav")), "the contents are folded");
  await page.locator(".toc summary").click();
  assert.ok(await shown(page, ".toc nav"));
});

await check("a book face comes without moving a line", {}, async (page) => {
  await page.route("**/*.woff2", async (route) => {
    await new Promise((later) => setTimeout(later, 400));
    await route.continue();
  });
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; })).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`${http}notes/lens.html`);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(300);
  assert.ok(await page.evaluate(() => [...document.fonts].some((font) => font.family.includes("Libertinus") && font.status === "loaded")));
  assert.ok((await page.evaluate(() => window.shift)) < 0.05, `shifted by ${await page.evaluate(() => window.shift)}`);
});

await check("an essay has a card", {}, async (page) => {
  await page.goto(`${http}notes/lens.html`);
  const meta = (property) => page.locator(`meta[property='${property}']`).getAttribute("content");
  const card = await meta("og:image");
  assert.match(card, /^http:\/\/example\.org\/sub\/cards\/notes\/lens-[0-9a-f]{8}\.png$/);
  assert.deepEqual([await meta("og:image:width"), await meta("og:image:height")], ["1200", "630"]);
  const size = await page.evaluate(async (url) => {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    return [picture.naturalWidth, picture.naturalHeight];
  }, card.replace("http://example.org/sub/", http));
  assert.deepEqual(size, [1200, 630]);
});

await check("a full stop stays with its formula", {}, async (page) => {
  await page.goto(`${http}notes/eye.html`);
  const parted = await page.evaluate(() => {
    const kept = document.querySelector(".kept");
    const [formula, stop] = [kept.querySelector("math"), document.createRange()];
    stop.selectNodeContents(kept.lastChild);
    const parted = [];
    for (let width = 60; width < 300; width += 1) {
      kept.parentElement.style.width = `${width}px`;
      if (Math.abs(formula.getBoundingClientRect().bottom - stop.getBoundingClientRect().bottom) > 14) parted.push(width);
    }
    return parted;
  });
  assert.deepEqual(parted, []);
});

await check("a formula in a table is as wide as it is", {}, async (page) => {
  await page.goto(`${http}notes/eye.html`);
  const cut = await page.evaluate(() => {
    document.querySelector(".table").style.width = "40px";
    return [...document.querySelectorAll("th math")].filter((formula) => formula.scrollWidth > formula.clientWidth).length;
  });
  assert.equal(cut, 0);
});

await check("forced colours keep what is told by a ground", { forcedColors: "active" }, async (page) => {
  await page.goto(`${http}notes/lens.html`);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("pre")).borderTopStyle), "solid");
  assert.ok(!(await shown(page, ".switch")));
});

await check("print", {}, async (page) => {
  await page.goto(`${http}notes/lens.html`);
  await page.emulateMedia({ media: "print" });
  for (const gone of [".site-header nav", ".switch", ".toc", ".sidenote", ".site-footer", ".steps"]) assert.ok(!(await shown(page, gone)), gone);
  assert.ok(await shown(page, ".footnotes"));
  const after = (end) => page.evaluate((end) => getComputedStyle(document.querySelector(`.text a[href$='${end}']`), "::after").content, end);
  assert.match(await after("/far"), /example\.org\/far/);
  assert.equal(await after("/near"), "none");
  await page.goto(`${http}notes/eye.html`);
  const isOpen = () => page.evaluate(() => document.querySelector(".text details p").checkVisibility());
  assert.ok(await isOpen());
  await page.emulateMedia({ media: "screen" });
  assert.ok(!(await isOpen()));
});

await check("keyboard", {}, async (page) => {
  await page.goto(`${http}notes/lens.html`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the text");
  assert.equal(await page.getByRole("heading", { name: "Focus", exact: true }).count(), 1);
  const reached = new Set();
  for (let turn = 0; turn < 60; turn += 1) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => document.activeElement.className || document.activeElement.tagName));
  }
  for (const stop of ["anchor", "table", "equation"]) assert.ok(reached.has(stop), `${stop} in ${[...reached]}`);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll("[aria-hidden] a")].filter((link) => link.tabIndex >= 0).length), 0);
  await page.keyboard.press("/");
  await page.waitForURL(/search\.html/);
});

for (const [name, base] of [["a sub-path", http], ["a disk", disk]]) {
  await check(`previews on ${name}`, { viewport: { width: 1000, height: 800 } }, async (page) => {
    await page.goto(`${base}notes/lens.html`);
    await page.locator(".text a[href='eye.html#the-pupil']").hover();
    await page.waitForSelector(".preview");
    assert.match(await page.locator(".preview").textContent(), /The eye.*The pupil/);
    await page.mouse.move(5, 5);
    await page.waitForSelector(".preview", { state: "detached" });
    await page.locator(".footnote-reference a").hover();
    await page.waitForSelector(".preview");
    assert.match(await page.locator(".preview").textContent(), /Snell found how much/);
  });
  await check(`search on ${name}`, {}, async (page) => {
    const loaded = [];
    page.on("request", (request) => loaded.push(request.url()));
    await page.goto(`${base}search.html`);
    assert.ok(!loaded.some((url) => url.includes("search-index")), "nothing is loaded before it is used");
    await page.getByRole("searchbox").fill("pup");
    await page.waitForSelector(".results li");
    assert.match(await page.getByRole("status").textContent(), /1 essay/);
    assert.equal(await page.locator(".results .hits a").getAttribute("href"), "notes/eye.html#the-pupil");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/eye\.html/);
    await page.goto(`${base}search.html?q=zzzz`);
    await page.waitForFunction(() => document.querySelector("[role=status]").textContent === "Nothing found.");
  });
  await check(`without JavaScript on ${name}`, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${base}search.html`);
    assert.match(await page.locator("main").textContent(), /needs JavaScript.*keywords/s);
    await page.locator("main a", { hasText: "keywords" }).click();
    await page.locator("main a", { hasText: "glass" }).click();
    await page.locator("main a", { hasText: "The lens" }).click();
    assert.equal(await page.locator("h1").textContent(), "The lens");
  });
}

await check("nothing widens a narrow page", { viewport: { width: 320, height: 600 } }, async (page) => {
  for (const name of ["notes/lens.html", "far.html", "index.html", "search.html", "keywords/index.html", "404.html"]) {
    await page.goto(http + name);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, name);
  }
});

await check("a language from right to left", {}, async (page) => {
  await page.goto(`${http}far.html`);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".text p")).direction), "rtl");
  const [title, header] = await page.evaluate(() => ["h1", "article"].map((name) => document.querySelector(name).getBoundingClientRect().right));
  assert.ok(Math.abs(title - header) < 1, "the title stands at the right");
});

await check("the data for search engines is read, not run", {}, async (page) => {
  await page.goto(`${http}notes/lens.html`);
  const graph = JSON.parse(await page.locator("script[type='application/ld+json']").textContent())["@graph"];
  assert.deepEqual(graph.map((part) => part["@type"]), ["Article", "BreadcrumbList"]);
});

await browser.close();
server.close();
rmSync(folder, { recursive: true });
console.log(failures ? `${failures} failed` : "all passed");
process.exit(failures ? 1 : 0);
