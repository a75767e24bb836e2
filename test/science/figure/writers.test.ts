import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { coordinate, coordinates, rounded } from '../../../src/science/figure/coordinate.ts';
import { figure } from '../../../src/science/figure/figure.ts';
import { toPdf } from '../../../src/science/figure/pdf.ts';
import { toPng } from '../../../src/science/figure/png.ts';
import { type Scene, group, segment } from '../../../src/science/figure/scene.ts';
import { escapeXml, toSvg } from '../../../src/science/figure/svg.ts';
import { textAt } from '../../../src/science/figure/typeset.ts';
import { fractions } from './gallery.ts';

const scene: Scene = {
  width: 100,
  height: 50,
  title: 'A < B & "C"',
  description: 'words',
  shapes: [
    group(10, 5, [
      segment(0, 0, 12.34567, -0.0001, { stroke: '#0072b2', width: 1.5, dash: [4, 2], opacity: 0.5 }),
      { type: 'circle', x: 3, y: 4, radius: 2, fill: '#d55e00' },
      textAt('$k^{-1/2}$', 20, 20, { size: 10, fill: '#000000', upright: true }),
    ]),
  ],
};

/** The width that a PNG says it has. */
const size = (png: Uint8Array) => new DataView(png.buffer, png.byteOffset).getUint32(16);

describe('coordinates', () => {
  it('have at most three decimals and no more digits than they need', () => {
    expect(['1.5', '0', '0', '-0.125', '1000000.1', '-3', '0.001']).toEqual(
      [1.5, -0.0004, 0.0004, -0.125, 1e6 + 0.1, -3, 0.0005].map(coordinate),
    );
    expect(coordinates(1, 2.25)).toBe('1 2.25');
  });

  it('read back as the rounded number', () => {
    for (let i = -2000; i < 2000; i++) {
      const value = i * 0.737_13;
      expect(Number(coordinate(value))).toBe(rounded(value));
      expect(Math.abs(rounded(value) - value)).toBeLessThanOrEqual(0.000_500_1);
    }
  });

  it('are never infinite', () => {
    expect(() => coordinate(Number.NaN)).toThrow('a coordinate is NaN');
  });
});

describe('SVG', () => {
  it('escapes what XML keeps for itself', () => {
    expect(escapeXml('a<b & "c">')).toBe('a&lt;b &amp; &quot;c&quot;&gt;');
    expect(toSvg(scene)).toContain('<title>A &lt; B &amp; &quot;C&quot;</title>');
  });

  it('writes shapes with their paint, and each glyph once', () => {
    const svg = toSvg(scene);
    expect(svg).toContain(
      '<path d="M0 0L12.346 0" fill="none" stroke="#0072b2" stroke-width="1.5" stroke-linejoin="round" stroke-dasharray="4 2" opacity="0.5"/>',
    );
    expect(svg).toContain('<g transform="translate(10 5)">');
    expect(svg).toContain('rotate(-90) scale(0.01 -0.01)');
    expect(svg.match(/id="italic-6b"/g)).toHaveLength(1);
  });
});

describe('PDF', () => {
  const text = Array.from(toPdf(scene), (byte) => String.fromCharCode(byte)).join('');

  it('has a cross-reference table that points at every object', () => {
    const start = Number(/startxref\n(\d+)/.exec(text)![1]);
    expect(text.slice(start, start + 4)).toBe('xref');
    const offsets = Array.from(text.slice(start).matchAll(/(\d{10}) 00000 n/g), ([, digits]) =>
      Number(digits),
    );
    expect(offsets.length).toBeGreaterThan(5);
    offsets.forEach((offset, i) =>
      expect(text.slice(offset, offset + 8)).toMatch(new RegExp(`^${i + 1} 0 obj`)),
    );
  });

  it('says the length of every stream', () => {
    const streams = Array.from(text.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g));
    expect(streams.length).toBeGreaterThan(3);
    for (const [, length, body] of streams) expect(body).toHaveLength(Number(length));
  });

  it('names no date and only resources that it has', () => {
    expect(text).not.toMatch(/CreationDate|ModDate|\/ID/);
    for (const [, name] of text.matchAll(/\/(G\d+) Do/g))
      expect(text).toMatch(new RegExp(`/${name} \\d+ 0 R`));
    expect(text).toContain('/S0 << /ca 0.5 /CA 0.5 >>');
  });

  it('balances saved and restored states', () => {
    const content = /stream\n([\s\S]*?)\nendstream/.exec(text)![1]!;
    expect(content.match(/\bq\b/g)!.length).toBe(content.match(/\bQ\b/g)!.length);
  });
});

describe('PNG', () => {
  const wasm = new Uint8Array(
    readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')),
  );

  it('is as large as asked for, and the same twice', async () => {
    const drawn = figure(fractions());
    const svg = toSvg(drawn);
    const png = await toPng(svg, wasm);
    expect(Array.from(png.subarray(0, 4))).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(Math.abs(size(png) - 2 * drawn.width)).toBeLessThan(2);
    expect(await toPng(svg, wasm)).toEqual(png);
    expect(size(await toPng(svg, wasm, 1))).toBeLessThan(size(png));
  });
});
