// What a person sees of `essai serve` in a real browser. Arguments: the program, Chromium.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const [essai, executablePath] = process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), "essai-browser-"));
const put = (name, text) => {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
};
const paragraphs = (changes = {}) =>
  Array.from({ length: 80 }, (_, at) => changes[at] ?? `Paragraph ${at} of a long essay, which says nothing new.`).join("\n\n");
const essay = (changes) =>
  `title: Long\n\n${paragraphs(changes)}\n\n<details><summary>More</summary>\n\nHidden text.\n\n</details>\n\n![p](p.svg)\n`;
const svg = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20"><rect width="9" height="9"/></svg>`;

put("content/index.md", "# Front\n\n[Long](long.md)\n");
put("content/long.md", essay());
put("content/p.svg", svg(20));
put("static/essai.css", "body { color: rgb(1, 2, 3) }");

const opened = join(root, "opened");
const arguments_ = ["-r", root, "serve", "--port", "0", "--message-format", "json", "--editor", `cp {file} ${opened}`];
const server = spawn(essai, arguments_, { stdio: ["ignore", "pipe", "inherit"] });
const url = await new Promise((resolve) => {
  createInterface({ input: server.stdout }).on("line", (line) => {
    const said = JSON.parse(line);
    if (said.type === "serving") resolve(said.url);
  });
});
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath, args: flags });
const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
const complaints = [];
page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));

const until = async (what, check) => {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      if (await check()) return;
    } catch (error) {
      if (!/navigation|destroyed|closed/.test(String(error))) throw error;
    }
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const text = () => page.locator("main").innerText();
const overlay = () => page.evaluate(() => document.querySelector("essai-preview")?.shadowRoot.textContent ?? "");
const stamp = () => page.evaluate(() => { window.stamped = true; });
const stamped = () => page.evaluate(() => window.stamped === true);
// The page listens a moment after it is loaded: the first event says so.
const listening = async () => {
  await page.waitForFunction(() => performance.getEntriesByName("essai:listening").length > 0);
};
const cases = [];
const test = (name, body) => cases.push([name, body]);

test("an edit is seen, and the place of reading is kept", async () => {
  await page.goto(`${url}long.html`);
  await listening();
  await page.locator("details").evaluate((details) => { details.open = true; });
  await page.getByText("Paragraph 40 of").evaluate((paragraph) => scrollTo(0, paragraph.offsetTop - 100));
  const before = await page.getByText("Paragraph 40 of").boundingBox();
  put("content/long.md", essay({ 42: "A new sentence stands here.", 5: "Before, a paragraph grew. ".repeat(40) }));
  await until("the new sentence", async () => (await text()).includes("A new sentence stands here."));
  await listening();
  const after = await page.getByText("Paragraph 40 of").boundingBox();
  assert.ok(Math.abs(after.y - before.y) < 2, `the text moved from ${before.y} to ${after.y}`);
  assert.equal(await page.locator("details").evaluate((details) => details.open), true);
});

test("a mark leads to a change that is off screen", async () => {
  assert.match(await overlay(), /↑ Changed/);
  await page.locator("essai-preview").getByRole("button", { name: "Changed" }).click();
  await until("the change", async () => (await page.getByText("Before, a paragraph grew.").boundingBox()).y > 0);
  await until("the mark goes", async () => !(await overlay()).includes("Changed"));
});

test("a style is swapped without a reload", async () => {
  await stamp();
  put("static/essai.css", "body { color: rgb(4, 5, 6) }");
  await until("the new colour", () => page.evaluate(() => getComputedStyle(document.body).color === "rgb(4, 5, 6)"));
  assert.ok(await stamped(), "the page was reloaded");
});

test("a picture is swapped without a reload, unless its size changes", async () => {
  put("content/p.svg", svg(20).replace("9", "8"));
  await until("the new picture", () => page.locator("main img").evaluate((picture) => picture.src.includes("essai=")));
  assert.ok(await stamped(), "the page was reloaded");
  put("content/p.svg", svg(30));
  await until("the new size", () => page.locator("main img").evaluate((picture) => picture.getAttribute("width") === "30"));
  assert.ok(!(await stamped()), "the page was not reloaded");
  await listening();
});

test("another page's change leaves this one alone", async () => {
  await stamp();
  put("content/index.md", "# Front\n\n[Long](long.md)\n\nAnd more.\n");
  await until("the other page", async () => (await (await fetch(url)).text()).includes("And more"));
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.ok(await stamped());
});

test("a mistake lies over the last good page, and goes when it is mended", async () => {
  put("content/long.md", `${essay({ 3: "Wrong." })}\n[x](nowhere.md)\n`);
  await until("the mistake", async () => (await overlay()).includes("no essay at `nowhere.md`"));
  assert.match(await overlay(), /content\/long\.md:\d+:5/);
  assert.ok((await text()).includes("A new sentence stands here."), "the last good page is gone");
  await page.locator("essai-preview").getByRole("button", { name: /content\/long\.md/ }).click();
  await until("the editor", () => existsSync(opened) && readFileSync(opened, "utf8").includes("nowhere.md"));
  if (process.env.ESSAI_PICTURE) await page.screenshot({ path: process.env.ESSAI_PICTURE });
  await page.reload();
  await until("the mistake after a reload", async () => (await overlay()).includes("no essay at `nowhere.md`"));
  put("content/long.md", essay({ 3: "Right." }));
  await until("the mended page", async () => (await text()).includes("Right."));
  await until("no mistake", async () => !(await overlay()).includes("error"));
  await listening();
});

test("warnings do not hide the page", async () => {
  put("content/long.md", `${essay({ 3: "Right." })}\n[^1]: Unused.\n`);
  await until("the badge", async () => (await overlay()).includes("1 warning"));
  assert.equal(await page.locator("essai-preview").getByRole("button").count(), 1);
  await page.locator("essai-preview").getByRole("button", { name: "1 warning" }).click();
  assert.match(await overlay(), /footnote/);
  put("content/long.md", essay());
  await until("no badge", async () => !(await overlay()).includes("warning"));
  await listening();
});

test("a page that goes away shows that, and comes back", async () => {
  renameSync(join(root, "content/long.md"), join(root, "long.md"));
  put("content/index.md", "# Front\n");
  await until("the loss", async () => (await text()).includes("Page not found"));
  await listening();
  renameSync(join(root, "long.md"), join(root, "content/long.md"));
  await until("the return", async () => (await text()).includes("Paragraph 7 of"));
});

let failures = 0;
for (const [name, body] of cases) {
  try {
    await body();
    console.log(`ok    ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAIL  ${name}\n${error.stack}`);
  }
}
const mattering = complaints.filter((complaint) => !complaint.includes("404"));
if (mattering.length > 0) {
  failures += 1;
  console.log(`FAIL  the browser has nothing to complain about\n${mattering.join("\n")}`);
}
await browser.close();
server.kill();
rmSync(root, { recursive: true, force: true });
process.exit(failures > 0 ? 1 : 0);
