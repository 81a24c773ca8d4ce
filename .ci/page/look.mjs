// Looks at pages in a browser as people do: on a phone and on a desk, by day and by night, by keyboard, and on paper.
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , executablePath, folder, ...pages] = process.argv;
mkdirSync(folder, { recursive: true });
const faults = [];
const demand = (holds, what) => { if (!holds) faults.push(what); };

// Contrast of every text with the ground it stands on (WCAG 2.2, 1.4.3), words that do not fit, and markup that must not be there.
const inspect = () => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const parse = (color) => color.match(/[\d.]+/g).map(Number);
  const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const found = { texts: 0, pale: [], markup: 0, wide: document.documentElement.scrollWidth - innerWidth, broken: window.broken };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest('svg')) continue;
    found.texts += 1;
    const [one, other] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) found.pale.push(`${ratio.toFixed(2)} ${walker.currentNode.data.trim().slice(0, 40)}`);
  }
  found.markup = document.querySelectorAll('script, img, iframe, object, embed, form, input, base, [style], [onerror], [onload], [onmouseover]').length;
  found.styled = getComputedStyle(document.body).maxWidth !== 'none';
  found.unlabelled = [...document.querySelectorAll('[role=region]')].filter((region) => !region.getAttribute('aria-label')).length;
  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => Number(heading.tagName[1]));
  found.skipped = levels.some((level, index) => index > 0 && level > levels[index - 1] + 1);
  found.titles = levels.filter((level) => level === 1).length;
  return found;
};

const walk = async (page, name) => {
  const wanted = await page.evaluate(() => [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter((element) => element.checkVisibility()).length);
  const seen = [];
  for (let step = 0; step < wanted + 5; step += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      return { tag: element.className || element.tagName, outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inView: box.bottom > 0 && box.top < innerHeight };
    });
    if (!focus) break;
    seen.push(focus);
  }
  demand(seen.length >= wanted, `${name}: the keyboard reaches ${seen.length} of ${wanted}`);
  demand(seen[0]?.tag === 'skip', `${name}: the first stop is ${seen[0]?.tag}`);
  for (const stop of seen) demand(stop.outlined && stop.inView, `${name}: focus on ${stop.tag} is not seen`);
  await page.evaluate(() => document.activeElement.blur());
  const card = page.locator('summary').first();
  if (await card.count()) {
    const isOpen = () => card.evaluate((summary) => summary.parentElement.open);
    const before = await isOpen();
    await card.focus();
    await page.keyboard.press('Enter');
    demand(await isOpen() !== before, `${name}: Enter does not fold`);
    await page.keyboard.press('Enter');
  }
  await page.locator('.skip').focus();
  await page.keyboard.press('Enter');
  demand(await page.evaluate(() => document.activeElement.id) === 'report', `${name}: the skip link leads nowhere`);
  return seen.length;
};

const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
for (const file of pages) {
  const url = pathToFileURL(resolve(file)).href;
  for (const [device, width, height] of [['phone', 390, 844], ['desktop', 1280, 900]]) {
    for (const colorScheme of ['light', 'dark']) {
      const name = `${basename(file, '.html')}-${device}-${colorScheme}`;
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      page.on('console', (message) => faults.push(`${name}: ${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => faults.push(`${name}: ${error}`));
      page.on('request', (request) => { if (request.url() !== url && request.url() !== 'data:,') faults.push(`${name}: asks for ${request.url()}`); });
      await page.goto(url, { waitUntil: 'load' });
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
      const found = await page.evaluate(inspect);
      demand(found.texts > 5 && found.styled, `${name}: nothing is shown, or without its style`);
      demand(found.pale.length === 0, `${name}: too pale: ${found.pale.slice(0, 5).join('; ')}`);
      demand(found.markup === 0 && found.broken === undefined, `${name}: foreign markup`);
      demand(found.wide <= 0, `${name}: ${found.wide} pixels too wide`);
      demand(found.titles === 1 && !found.skipped && found.unlabelled === 0, `${name}: headings or labels are missing`);
      const stops = await walk(page, name);
      if (device === 'desktop' && colorScheme === 'light') {
        await page.emulateMedia({ media: 'print' });
        const paper = await page.evaluate(inspect);
        demand(paper.pale.length === 0, `${name} on paper: too pale: ${paper.pale.slice(0, 5).join('; ')}`);
        const pdf = await page.pdf({ format: 'A4', path: join(folder, `${basename(file, '.html')}.pdf`) });
        demand(pdf.length > 5000, `${name}: nothing is printed`);
      }
      console.log(`${name}: ${found.texts} texts, ${stops} stops`);
      await page.close();
    }
  }
}
await browser.close();
for (const fault of faults) console.error(`fault: ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
