// What `.ci/report-page` does in the browser.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [, , executablePath, work, pictures] = process.argv;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

/** Opens a page and collects what should not happen. */
async function open(name, { width = 1280, colorScheme = "light", javaScriptEnabled = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled });
  const tab = await context.newPage();
  const faults = [];
  const url = pathToFileURL(`${work}/${name}.html`).href;
  tab.on("console", (message) => faults.push(`console: ${message.text()}`));
  tab.on("pageerror", (error) => faults.push(`error: ${error}`));
  tab.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  tab.on("request", (request) => request.url() === url || faults.push(`request: ${request.url()}`));
  await tab.goto(url);
  return { tab, faults, close: () => context.close() };
}

const unfold = (tab) => tab.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));

/** What sticks out of the window sideways. */
const overhang = (tab) =>
  tab.evaluate(() => {
    const out = (one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll, .vh");
    const first = Array.from(document.querySelectorAll("body *")).find(out);
    const wide = document.documentElement.scrollWidth > innerWidth;
    return wide || first ? `${document.documentElement.scrollWidth} of ${innerWidth}: ${first?.outerHTML.slice(0, 200)}` : "";
  });

async function violations(tab) {
  await tab.evaluate(axe);
  const found = await tab.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
}

// What one sees first, for the README.
{
  const { tab, close } = await open("portfolio", { width: 1280, colorScheme: "light" });
  await tab.screenshot({ path: `${pictures}/readme.png`, clip: { x: 0, y: 0, width: 1280, height: 900 } });
  await close();
}

let looked = 0;
for (const name of ["portfolio", "hostile"]) {
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      const { tab, faults, close } = await open(name, { width, colorScheme });
      const what = `${name}, ${width} wide, ${colorScheme}`;
      const picture = await tab.screenshot({ path: `${pictures}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      assert.ok(picture.length > 20_000, `${what}: the picture is nearly empty`);
      assert.equal(picture.readUInt32BE(16), width, `${what}: the width of the picture`);
      assert.equal(await overhang(tab), "", what);
      assert.deepEqual(await violations(tab), [], what);
      await unfold(tab);
      assert.equal(await overhang(tab), "", `${what}, unfolded`);
      assert.deepEqual(await violations(tab), [], `${what}, unfolded`);
      assert.deepEqual(faults, [], what);
      looked += 1;
      await close();
    }
  }
}

// No text has become markup, and what the page does not know by its hash is not run.
{
  const { tab, faults, close } = await open("hostile");
  const seen = await tab.evaluate(() => ({
    broken: window.broken,
    scripts: document.scripts.length,
    styles: document.querySelectorAll("style, link").length,
    others: document.querySelectorAll("img, iframe, object, embed, form, svg:not(.bar):not(.course-chart svg), [onload], [onerror], [style]").length,
    headings: Array.from(document.querySelectorAll("h1"), (one) => one.textContent),
    shown: document.body.innerText.includes("</script><script>window.broken = 1</script>"),
  }));
  assert.deepEqual(seen, { broken: undefined, scripts: 1, styles: 2, others: 0, headings: ["State of the notes"], shown: true });
  assert.deepEqual(faults, []);
  await tab.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.broken = 2";
    document.body.append(script);
  });
  assert.equal(await tab.evaluate(() => window.broken), undefined, "the policy lets another script run");
  await close();
}

// Sorting by the keyboard: the buttons are in the order of the columns, and say what they did.
{
  const { tab, faults, close } = await open("portfolio");
  const table = tab.locator("#grades table", { hasText: "By customer" });
  const names = () => table.locator("tbody th").allTextContents();
  const heads = () => table.locator("thead th").evaluateAll((all) => all.map((head) => head.getAttribute("aria-sort")));
  assert.equal((await names())[0], "Litware", "the most to correct comes first");
  await table.locator("thead button").first().focus();
  await tab.keyboard.press("Enter");
  assert.deepEqual((await names()).slice(0, 2), ["Adventure Works", "Contoso"]);
  assert.equal((await heads())[0], "ascending");
  await tab.keyboard.press("Space");
  assert.equal((await names())[0], "Woodgrove Bank");
  assert.equal((await heads())[0], "descending");
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Tab");
  assert.equal(await tab.evaluate(() => document.activeElement.textContent), "Great");
  await tab.keyboard.press("Enter");
  assert.deepEqual(await heads(), [null, null, "descending", null, null, null, null, null]);
  const great = (await table.locator("tbody tr td:nth-child(3)").allTextContents()).map(Number);
  assert.deepEqual(great, [...great].sort((one, other) => other - one));
  assert.equal(await tab.locator("[role=status]").textContent(), "Sorted by Great, descending.");
  await table.getByRole("button", { name: "Share of great notes" }).press("Enter");
  const shares = (await table.locator("tbody .share").allTextContents()).map(parseFloat);
  assert.deepEqual(shares, [100, 100, 80, 75, 75, 50, 40, 40]);
  // Filtering.
  await tab.getByLabel("Filter notes").first().fill("litware intune");
  const rows = tab.locator("#correct tbody tr:visible");
  assert.equal(await rows.count(), 1);
  assert.match(await rows.first().textContent(), /Customer has no intent/);
  assert.equal(await tab.locator("#correct output").textContent(), "1 of 11 notes");
  await tab.getByLabel("Filter notes").first().fill("");
  assert.equal(await rows.count(), 11);
  // A section is reached from the list of sections, and a kind of reason is unfolded, by the keyboard alone.
  await tab.locator("nav a", { hasText: "What blocks us" }).focus();
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  assert.equal(await tab.evaluate(() => document.activeElement.tagName), "SUMMARY");
  await tab.keyboard.press("Enter");
  assert.ok(await tab.getByText("Webex").first().isVisible());
  assert.deepEqual(faults, []);
  await close();
}

// Without the script everything can be read, and there is no button that does nothing.
{
  const { tab, close } = await open("portfolio", { javaScriptEnabled: false });
  assert.equal(await tab.locator("button, input").count(), 0);
  assert.equal(await tab.locator("#correct tbody tr").count(), 11);
  await tab.locator("#reasons summary").first().click();
  assert.ok(await tab.getByText("Webex").first().isVisible());
  await close();
}

// On paper nothing is folded.
{
  const { tab, faults, close } = await open("portfolio");
  await tab.emulateMedia({ media: "print" });
  assert.ok((await tab.pdf({ path: `${pictures}/portfolio.pdf`, format: "A4" })).length > 20_000);
  assert.deepEqual(faults, []);
  await close();
}

await browser.close();
console.log(`report-page: ${looked} views without a fault; sorted, filtered, unfolded and printed as expected`);
