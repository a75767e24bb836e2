/** The page: what it says, that it needs and lets in nothing else, and that it stays small. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { embedFigure } from '../../src/report/figure.ts';
import { reportPage } from '../../src/report/page.ts';
import { claim, data, file, step, table } from './support/data.ts';

const link = (path: string) => `../${path}`;
const page = (change: Partial<typeof data> = {}) => reportPage({ ...data, ...change }, link);
const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const between = (text: string, from: string, to: string) => text.split(from)[1]?.split(to)[0] ?? '';

describe('the page', () => {
  test('is the same text for the same data', () => {
    expect(page()).toBe(page());
  });

  test('lets only its own style and script run, and nothing be fetched', () => {
    const text = page();
    const policy = between(text, 'Content-Security-Policy" content="', '"');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(hash(between(text, '<style>', '</style>')));
    expect(policy).toContain(hash(between(text, '<script>', '</script>')));
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/\b(?:src|href)="https?:|\sstyle="|\son\w+="/);
  });

  test('has an id only once, and every link inside it leads somewhere', () => {
    const text = page();
    const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...text.matchAll(/href="#([^"]*)"/g)].map((match) => match[1]);
    expect(targets.length).toBeGreaterThan(6);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  test('says first what fails', () => {
    const text = page();
    expect(text.indexOf('claim second')).toBeLessThan(text.indexOf('claim first'));
    expect(text).toContain('2 claims: 1 holds, 1 fails.');
    expect(text.indexOf('id="claims"')).toBeLessThan(text.indexOf('id="tables"'));
  });

  test('tells the value found beside what is claimed, and where it was found', () => {
    const text = page();
    expect(text).toContain('<code>0.2974</code>');
    expect(text).toContain('<code>rounds to 0.3</code>');
    expect(text).toContain('href="#step:summary"');
  });

  test('escapes what a pipeline says', () => {
    const says = '<script>alert("x")</script> & more';
    const text = page({ pipeline: says, claims: [claim('odd"id', 'holds', says)] });
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more');
    expect(text).toContain('id="claim:odd.22.id"');
  });

  test('shows a pipeline that never ran and claims nothing', () => {
    const text = page({
      claims: [],
      published: [],
      stages: data.stages.map((stage) => ({
        ...stage,
        steps: stage.steps.map(({ id }) => ({ id, state: 'new' as const, trace: undefined })),
      })),
    });
    expect(text).toContain('This pipeline makes no claims.');
    expect(text).toContain('0 of 3 steps up to date');
    expect(text).not.toContain('id="figures"');
  });
});

describe('figures', () => {
  const svg =
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><title>Loss &lt; 1</title>\n<desc>It falls.</desc><script>alert(1)</script></svg>';
  const figure = (text: string) =>
    file('figures/a.svg', {
      type: 'figure',
      ...embedFigure(new TextEncoder().encode(text), 'svg')!,
    });

  test('are images of their own, with their title as the text for those who cannot see', () => {
    const text = page({ published: [figure(svg)] });
    expect(text).toContain('alt="Loss &lt; 1: It falls."');
    expect(text).toMatch(/<img src="data:image\/svg\+xml,%3Csvg/);
    expect(text).not.toContain('<script>alert(1)');
  });

  test('come back from their address as they were, but for white space and the sort of quotes', () => {
    const { url } = embedFigure(new TextEncoder().encode(svg), 'svg')!;
    expect(decodeURIComponent(url.slice('data:image/svg+xml,'.length))).toBe(
      svg
        .replace('<?xml version="1.0"?>\n', '')
        .replaceAll('\n', ' ')
        .replaceAll('"http://www.w3.org/2000/svg"', "'http://www.w3.org/2000/svg'"),
    );
  });

  test('keep the quotes of their text, and of values that hold the other sort', () => {
    const text = `<svg a="b>c" d="it's"><text>say ="x" and 'y'</text></svg>`;
    const { url } = embedFigure(new TextEncoder().encode(text), 'svg')!;
    expect(decodeURIComponent(url.slice('data:image/svg+xml,'.length))).toBe(
      `<svg a='b>c' d="it's"><text>say ="x" and 'y'</text></svg>`,
    );
  });

  test('without a title are named by their path', () => {
    expect(page({ published: [figure('<svg/>')] })).toContain('alt="Figure figures/a.svg"');
  });

  test('in pixels are linked where the same is there in lines', () => {
    const png = (path: string) => file(path, { type: 'figure', ...embedFigure(new Uint8Array([1]), 'png')! });
    const text = page({ published: [figure(svg), png('figures/a.png'), png('figures/b.png')] });
    expect(text.match(/<img /g)).toHaveLength(2);
    expect(text).toMatch(/<div id="file:figures\.2f\.a\.2e\.png">[^]*href="\.\.\/figures\/a\.png"/);
    expect(text).toContain('alt="Figure figures/b.png"');
  });

  test('too large for the page are linked', () => {
    const text = page({ published: [figure(`<svg>${'x'.repeat(4_000_000)}</svg>`)] });
    expect(text.length).toBeLessThan(100_000);
    expect(text).toContain('Too large to be shown in this page: <a href="../figures/a.svg">');
  });

  test('that a browser cannot show are no figures', () => {
    expect(embedFigure(new Uint8Array([1]), 'pdf')).toBeUndefined();
    expect(embedFigure(new Uint8Array([1]), 'png')?.url).toBe('data:image/png;base64,AQ==');
  });
});

describe('tables', () => {
  const rowsIn = (text: string) => text.split('<tbody').slice(1).join('').split('<tr>').length - 1;

  test('of ten rows or fewer are shown whole', () => {
    const text = page({ published: [table('tables/a.csv', 10)] });
    expect(text).not.toContain('type="checkbox"');
    expect(rowsIn(text)).toBe(10);
  });

  test('with more rows show ten until opened', () => {
    const text = page({ published: [table('tables/a.csv', 25)] });
    expect(text).toContain('all 25 rows</label');
    expect(between(text, '<tbody>', '</tbody>').split('<tr>').length - 1).toBe(10);
    expect(between(text, '<tbody class="rest">', '</tbody>').split('<tr>').length - 1).toBe(15);
  });

  test('too long for the page are cut, with a note and a link to the whole', () => {
    const long = table('tables/long.csv', 80_000, (i) => `value number ${i}`);
    const text = page({ published: [long, table('tables/b.csv', 12)] });
    expect(text).toMatch(
      /The first [\d\u202f]+ of 80\u202f000 rows; all are in <a href="..\/tables\/long.csv"/,
    );
    expect(
      between(text, 'id="file:tables.2f.b.2e.csv"', '</article>').split('<tr>').length - 1,
    ).toBeGreaterThan(9);
    expect(text.length).toBeLessThan(3_000_000);
  });

  test('keep minus zero, show nothing for nothing, and set numbers to the right', () => {
    const text = page({ published: [table('tables/a.csv', 2, (i) => (i === 0 ? -0 : null))] });
    expect(text).toContain('<td class="number">-0</td');
    expect(text).toContain('<td class="number"></td');
  });
});

describe('steps', () => {
  test('tell their key, params, outs, cost and evidence', () => {
    const text = between(page(), 'id="step:summary"', '</details>');
    for (const told of [
      'key',
      'draws <code>8</code',
      'means/1',
      '1.2 s',
      'largest',
      '1970-01-01 00:00:00 UTC',
    ])
      expect(text).toContain(told);
  });

  test('by the thousand keep the page under three megabytes, and say what is left out', () => {
    const steps = Array.from({ length: 10_000 }, (_, i) => step(`sample@k=${i}`, { largest: i }));
    const text = page({ stages: [{ ...data.stages[0]!, steps }] });
    expect(text.length).toBeLessThan(3_000_000);
    expect(text).toMatch(/[\d\u202f]+ more steps left out here for length \([\d\u202f]+ current\)/);
  });
});

describe('claims', () => {
  const papers = [
    claim('a', 'holds', 'a holds'),
    claim('b', 'unknown', 'b waits'),
    claim('c', 'fails', 'c fails'),
    claim('d', 'stale', 'd is stale'),
  ].map((each, i) => ({
    ...each,
    declaration: { ...each.declaration, source: i < 2 ? 'arXiv:1, abstract' : 'arXiv:2, section 3' },
  }));
  const text = between(page({ claims: papers }), 'id="claims"', '</section>');

  test('stand together by paper, the paper first whose claims need attention', () => {
    expect([...text.matchAll(/<h3>(\S+)/g)].map((match) => match[1])).toEqual(['arXiv:2', 'arXiv:1']);
    expect(text.indexOf('c fails')).toBeLessThan(text.indexOf('d is stale'));
  });

  test('that nothing is known of are closed, and counted', () => {
    expect(between(text, '<details', '</details>')).toContain('b waits');
    expect(text).toContain('1 claim not judged');
    expect(text.split('<details').length).toBe(2);
  });

  test('are summed up in a bar as wide as the page', () => {
    const bar = between(page({ claims: papers }), '<svg class="bar"', '</svg>');
    expect([...bar.matchAll(/width="([\d.]+)%"/g)].map((match) => Number(match[1]))).toEqual([25, 25, 25]);
  });
});

describe('the size of the page', () => {
  test('stays under three megabytes though figures, tables, steps and letters are many', () => {
    const published = [
      ...Array.from({ length: 60 }, (_, i) => {
        const figure = embedFigure(
          new TextEncoder().encode(`<svg>${'y'.repeat(40_000 + 2000 * i)}</svg>`),
          'svg',
        )!;
        return file(`figures/${i}.svg`, { type: 'figure', ...figure });
      }),
      ...Array.from({ length: 20 }, (_, i) => table(`tables/${i}.csv`, 5000, (row) => `σ-值 ${row}`)),
    ];
    const steps = Array.from({ length: 3000 }, (_, i) => step(`sample@k=${i}`));
    const text = page({ published, stages: [{ ...data.stages[0]!, steps }] });
    expect(Buffer.byteLength(text)).toBeLessThan(3_000_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(2_500_000);
    expect(text.split('<img').length - 1).toBeGreaterThan(10);
    expect(text).toContain('Too large to be shown in this page');
    expect(text).toMatch(/more steps left out/);
  });
});
