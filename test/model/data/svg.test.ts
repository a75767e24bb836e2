/** Figures as data: what means the same reads the same, what is drawn differently does not. */
import { describe, expect, test } from 'vitest';
import { readSvg } from '../../../src/model/data/svg.ts';

describe('a figure', () => {
  test('is elements, attributes in order, and text', () => {
    expect(readSvg('<svg width="4" id="a"><g><text>one &lt; two</text></g></svg>')).toEqual({
      name: 'svg',
      attributes: { id: ['a'], width: [4] },
      children: [
        { name: 'g', attributes: {}, children: [{ name: 'text', attributes: {}, children: ['one < two'] }] },
      ],
    });
  });

  test('reads the same without what draws nothing', () => {
    const plain = '<svg><g a="1" b="2"/></svg>';
    const dressed = `<?xml version="1.0"?>
      <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">
      <!-- made by hand -->
      <svg><!-- > -->
        <g b='2'
           a="1.0"></g>
      </svg>
    `;
    expect(readSvg(dressed)).toEqual(readSvg(plain));
  });

  test('keeps text of a script or a style as it is', () => {
    expect(readSvg('<svg><style><![CDATA[a > b { }]]></style></svg>').children).toEqual([
      { name: 'style', attributes: {}, children: ['a > b { }'] },
    ]);
  });
});

describe('an attribute', () => {
  const attribute = (text: string) => readSvg(`<svg a="${text}"/>`).attributes['a'];

  test.each([
    ['M1.0,2L-3e1 .5', 'M1 2L-30 0.5'],
    ['1-2', '1, -2'],
    ['translate(10,20)', 'translate(10 20)'],
    ['&#49;0', '10'],
    ['&#x41;', 'A'],
  ])('%s means %s', (a, b) => expect(attribute(a)).toEqual(attribute(b)));

  test('of a path is its numbers apart from its letters', () => {
    expect(attribute('M1.5,2L3 4Z')).toEqual(['M', 1.5, 2, 'L', 3, 4, 'Z']);
  });

  test.each(['#00ff10', 'url(#a1)', 'axis-1', 'label12 x'])('%s is text, not numbers', (text) =>
    expect(attribute(text)).toEqual([text]),
  );
});

describe('what is not well formed', () => {
  test.each([
    '',
    'text',
    '<svg>',
    '<svg></g>',
    '<svg/><svg/>',
    '<svg a=1/>',
    '<svg></svg></svg>',
    '<svg><g></svg></g>',
  ])('%s is refused', (text) => expect(() => readSvg(text)).toThrow(TypeError));
});
