/** The page in a real browser, over a real project: it teaches, follows a run of another process, and shows what came of it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gate, type Rig, type Running, newRig, removeRigs, until } from '../../support/rig.ts';
import { shell } from '../../pipeline/support/texts.ts';
import { type Watched, hasBrowser, launch, open } from '../support/browser.ts';

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><title>A line</title><desc>It goes up.</desc><script>document.documentElement.setAttribute('data-ran','yes');try{parent.document.title='taken'}catch{}</script><path d="M0 60L90 0" stroke="black"/></svg>`;

function pipelineOf(gate: Gate, factor: number): string {
  return JSON.stringify({
    pipeline: 'small-paper',
    stages: {
      table: {
        cmd: shell(`printf 'k,value\\n2,${factor}\\n10,0.5\\n1,0.25\\n' > table.csv; echo "made a table"`),
        outs: { table: 'table.csv' },
        publish: { table: 'results/table.csv' },
      },
      slow: {
        cmd: shell(`${gate.shell}; cat $1 > copy.csv`).concat('sh', '${deps.table}'),
        deps: { table: 'table.table' },
        outs: { copy: 'copy.csv' },
      },
      figure: {
        cmd: shell(`printf '%s' "$0" > line.svg`).concat(svg, '${deps.copy}'),
        deps: { copy: 'slow.copy' },
        outs: { figure: 'line.svg' },
        publish: { figure: 'figures/line.svg' },
      },
      many: {
        cmd: shell('echo "{}" > out.json').concat('sh', '${i}'),
        matrix: { i: Array.from({ length: 30 }, (_, i) => i) },
        outs: { out: 'out.json' },
      },
      wrong: { cmd: shell('echo "no such root" >&2; exit 3'), outs: { out: 'out.txt' } },
    },
    claims: {
      'half-at-ten': {
        says: 'the value at ten is a half',
        source: 'Section 1',
        value: 'table.table[k=10].value',
        holds: 'rounds to 0.5',
      },
      'one-at-two': {
        says: 'the value at two is one',
        source: 'Section 2',
        value: 'table.table[k=2].value',
        holds: '= 1',
      },
    },
  });
}

describe.skipIf(!hasBrowser)('the page', () => {
  let rig: Rig;
  let gate: Gate;
  let server: Running;
  let url = '';
  let browser: Browser;
  let seen: Watched;
  let page: Page;

  beforeAll(async () => {
    rig = newRig({});
    gate = rig.gate('slow');
    rig.write({ 'pipeline.yaml': pipelineOf(gate, 1) });
    server = rig.start(['ui', '--no-open']);
    let stdout = '';
    server.process.stdout?.on('data', (text: string) => (stdout += text));
    await until(() => stdout.includes('\n'), 'the address');
    url = stdout.split('\n')[0] as string;
    browser = await launch();
    seen = await open(browser, url);
    page = seen.page;
  });
  afterAll(async () => {
    await browser?.close();
    server?.process.kill('SIGINT');
    await server?.ended;
    removeRigs();
  });

  const go = async (hash: string, heading: string) => {
    await page.goto(new URL(hash, url).href.replace(/\?token=[^#]*/, ''));
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  };

  test('forgets the key that opened it', () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/);
    expect(page.url()).not.toContain('token');
  });

  test('teaches where nothing was executed yet', async () => {
    await page.getByRole('heading', { name: 'small-paper' }).waitFor();
    await page.getByText('Nothing has been executed yet').waitFor();
    expect(await page.getByText('It has 5 stages and 34 steps.').count()).toBe(1);
    expect(await page.locator('kbd').allTextContents()).toContain('colophon run');
    expect(rig.exists('.colophon')).toBe(false);
  });

  test('follows a run that another process began, to its end', async () => {
    const run = rig.start(['run', '--json', '--keep-going']);
    await gate.reached();
    await page.getByRole('heading', { name: 'A run is under way' }).waitFor();
    await page.locator('.running a', { hasText: 'slow' }).waitFor();
    expect(await page.getByText('Nothing has been executed yet').count()).toBe(0);
    gate.open();
    expect((await run.ended).code).toBe(1);
    await page.getByRole('heading', { name: 'A run is under way' }).waitFor({ state: 'detached' });
    await page
      .locator('.card', { hasText: 'Last run' })
      .getByText('failed', { exact: false })
      .first()
      .waitFor();
    await page.locator('.card', { hasText: 'Steps' }).getByText('33 of 34 up to date').waitFor();
    await page.locator('.card', { hasText: 'Claims' }).getByText('2 hold', { exact: true }).waitFor();
  });

  test('shows a step with its reason, outs, key and what it printed', async () => {
    await go('/#/step/table', 'table up to date');
    await page.getByText('it had never been executed').waitFor();
    await page.getByRole('button', { name: 'value' }).waitFor();
    await page.getByText('What it printed').click();
    await page.getByText('made a table').waitFor();
    expect(await page.getByText('published as').textContent()).toContain('results/table.csv');
  });

  test('sorts a table by numbers, both ways', async () => {
    const column = () => page.locator('.data td:first-child').allTextContents();
    expect(await column()).toEqual(['2', '10', '1']);
    await page.getByRole('button', { name: 'k', exact: true }).click();
    expect(await column()).toEqual(['1', '2', '10']);
    await page.getByRole('button', { name: 'k', exact: true }).press('Enter');
    expect(await column()).toEqual(['10', '2', '1']);
    expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
  });

  test('tells why a step failed, with what it printed', async () => {
    await go('/#/step/wrong', 'wrong not executed');
    await page.getByRole('heading', { name: 'The last attempt failed: exit' }).waitFor();
    await page.locator('pre', { hasText: 'no such root' }).first().waitFor();
  });

  test('walks the lineage both ways', async () => {
    await go('/#/step/figure', 'figure up to date');
    const lineage = page.getByRole('navigation', { name: 'Lineage' });
    await lineage.getByRole('link', { name: 'slow' }).click();
    await page.getByRole('heading', { name: 'slow up to date' }).waitFor();
    await lineage.getByRole('link', { name: 'table' }).click();
    await page.getByRole('heading', { name: 'table up to date' }).waitFor();
    await lineage.getByRole('link', { name: 'slow' }).click();
    await lineage.getByRole('link', { name: 'figure' }).click();
    await page.getByRole('heading', { name: 'figure up to date' }).waitFor();
  });

  test('shows an SVG with its description, and no script in it runs', async () => {
    const image = page.locator('.out img');
    await image.waitFor();
    expect(await image.getAttribute('alt')).toBe('A line: It goes up.');
    expect(await page.evaluate('document.querySelector(".out img").naturalWidth')).toBe(90);
    const alone = await browser.newContext();
    await alone.addCookies(await page.context().cookies());
    const artifact = await alone.newPage();
    await artifact.goto(new URL((await image.getAttribute('src')) as string, url).href);
    expect(await artifact.evaluate('document.documentElement.localName')).toBe('svg');
    expect(await artifact.evaluate('document.documentElement.getAttribute("data-ran")')).toBeNull();
    await alone.close();
    expect(await page.title()).toBe('figure · colophon');
  });

  test('lists claims by status', async () => {
    await go('/#/claims', 'Claims');
    expect(await page.locator('.claim').count()).toBe(2);
    await page.getByLabel('Filter claims by words').fill('ten');
    expect(await page.locator('.claim').count()).toBe(1);
    expect(await page.locator('.claim').textContent()).toContain('0.5');
  });

  test('finds steps in the graph and walks it by keys', async () => {
    await go('/#/graph', 'Graph');
    await page.getByLabel('Find steps in the graph').fill('many i=2');
    await page.getByText('11 steps').waitFor();
    await page.getByLabel('Find steps in the graph').press('Enter');
    const picked = page.locator('.picked');
    await picked.getByRole('link', { name: 'many@i=2', exact: true }).waitFor();
    const canvas = page.getByRole('application');
    await canvas.press('ArrowRight');
    await picked.getByRole('link', { name: 'many@i=3', exact: true }).waitFor();
    await canvas.press('Escape');
    expect(await picked.isVisible()).toBe(false);
    await page.goto(new URL('/#/graph/slow', url).href.replace(/\?token=[^#]*/, ''));
    await picked.getByRole('link', { name: 'slow' }).waitFor();
    await canvas.press('ArrowDown');
    await picked.getByRole('link', { name: 'figure' }).waitFor();
    await canvas.press('Enter');
    await page.getByRole('heading', { name: 'figure up to date' }).waitFor();
  });

  test('is dark where the system is, and light by choice, the drawing too', async () => {
    const dark = await open(browser, url, 'dark');
    await dark.page.getByRole('link', { name: 'Graph' }).first().click();
    const corner = async () => {
      await dark.page.getByRole('application').waitFor();
      return dark.page.evaluate<number[]>(
        `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
          done([...document.querySelector('canvas').getContext('2d').getImageData(1, 1, 1, 1).data].slice(0, 3)))))`,
      );
    };
    expect(await corner()).toEqual([0x15, 0x17, 0x1b]);
    const button = dark.page.getByRole('button', { name: /^Colours/ });
    await button.click();
    expect(await button.textContent()).toBe('Colours: light');
    expect(await corner()).toEqual([255, 255, 255]);
    await dark.page.evaluate('localStorage.clear()');
    expect(dark.complaints).toEqual([]);
    await dark.page.close();
  });

  test('finds anything by its name or number from everywhere', async () => {
    await page.locator('#main').focus();
    await page.keyboard.press('/');
    await page.keyboard.type('half');
    await page.getByRole('option', { name: 'half-at-ten' }).waitFor();
    const box = page.getByRole('combobox');
    await box.fill('0.25');
    await page.getByRole('option', { name: 'results/table.csv' }).waitFor();
    await box.press('Enter');
    await page.getByRole('heading', { name: 'results/table.csv', level: 1 }).waitFor();
  });

  test('sees an edit of the pipeline, and says what is wrong with it', async () => {
    await go('/#/overview', 'small-paper');
    rig.write({ 'pipeline.yaml': '{"pipeline": "small-paper", "stages": {"table": {"cmdd": ["true"]}}}' });
    await page.getByRole('alert').getByText('cmdd', { exact: false }).waitFor();
    rig.write({ 'pipeline.yaml': pipelineOf(gate, 3) });
    await page.locator('.card', { hasText: 'Steps' }).getByText('30 of 34 up to date').waitFor();
    await go('/#/step/table', 'table not current');
    await page.getByText('Would be executed because').waitFor();
  });

  test('puts two runs side by side', async () => {
    await rig.run('--keep-going');
    await go('/#/runs', 'Runs');
    await page.getByRole('checkbox').nth(1).waitFor();
    await page.getByRole('checkbox').nth(0).check();
    await page.getByRole('checkbox').nth(1).check();
    await page.getByRole('link', { name: 'Compare the two' }).click();
    await page.getByRole('heading', { name: 'Two runs, side by side' }).waitFor();
    const claims = page
      .locator('section', { has: page.getByRole('heading', { name: 'Claims' }) })
      .locator('tbody tr');
    expect(await claims.allTextContents()).toEqual(['one-at-twoholds (1)fails (3)']);
    await page
      .locator('details', { hasText: 'table' })
      .first()
      .locator('summary')
      .click({ position: { x: 4, y: 8 } });
    await page.getByRole('cell', { name: 'row 1, column value' }).first().waitFor();
  });

  test.each(['overview', 'graph', 'claims', 'files', 'runs', 'step/figure', 'stage/many'])(
    'names every image, button, field and place: %s',
    async (name) => {
      await page.goto(new URL(`/#/${name}`, url).href.replace(/\?token=[^#]*/, ''));
      await page.locator('main h1').waitFor();
      expect(await page.locator('h1').count()).toBe(1);
      const nameless = `[...document.querySelectorAll('img:not([alt]), button, input, select, canvas, a')]
        .filter((e) => !(e.textContent.trim() || e.ariaLabel || e.getAttribute('aria-label') || e.querySelector('img[alt]') || e.hidden))
        .map((e) => e.outerHTML.slice(0, 90))`;
      expect(await page.evaluate(nameless)).toEqual([]);
    },
  );

  test.each([900, 420])('has room for every run, claim and file in a window of %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    for (const [hash, heading] of [
      ['/#/runs', 'Runs'],
      ['/#/claims', 'Claims'],
      ['/#/files', 'Published files'],
    ] as const) {
      await go(hash, heading);
      await page.locator('main :is(tbody tr, .claim, .gallery, .scroll)').first().waitFor();
      const wider = `[...document.querySelectorAll('html, main, main .scroll, main .claim')]
        .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className || e.tagName)`;
      expect([hash, await page.evaluate(wider)]).toEqual([hash, []]);
    }
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  test('asked nobody but this server, and broke none of its rules', () => {
    expect([...seen.asked]).toEqual([new URL(url).origin]);
    expect(seen.complaints).toEqual([]);
  });

  test('is closed to a browser without the key', async () => {
    const other = await browser.newContext();
    const stranger = await other.newPage();
    const answer = await stranger.goto(new URL('/', url).href);
    expect(answer?.status()).toBe(401);
    expect(await stranger.textContent('body')).toContain('open the address that colophon ui printed');
    await other.close();
  });

  test('says that the server has ended, and Ctrl-C ends it well', async () => {
    await go('/#/overview', 'small-paper');
    server.process.kill('SIGINT');
    expect((await server.ended).code).toBe(0);
    await page.getByRole('alert').getByText('colophon ui has ended', { exact: false }).waitFor();
  });
});
