/** The short texts beside the record: valid YAML whatever a title holds, and every published file in its place. */
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { citationOf } from '../../../src/cli/citation.ts';
import { citationText, codecheckText, readmeText } from '../../../src/provenance/export/cards.ts';
import type { Citation, Content } from '../../../src/provenance/export/content.ts';
import type { Holding } from '../../../src/provenance/export/holdings.ts';
import { artifactPath, promisedDigest } from '../../../src/provenance/export/format.ts';
import type { Digest } from '../../../src/base/digest.ts';

const awkward: Citation = {
  title: 'Minima: "all" of them\n# and more',
  authors: [{ name: "O'Neil: first", orcid: 'https://orcid.org/0000-0002-1825-0097' }, { name: '- Zoë' }],
  license: 'MIT',
  doi: '10.1000/182',
};
const digest = 'ab'.repeat(32) as Digest;
const content: Content = {
  version: '0.1.0',
  pipeline: { name: 'p', seed: 0, profile: 'default', publishes: true, stages: [], claims: [] },
  targets: [],
  steps: [],
  keys: new Map(),
  traces: new Map(),
  runs: [],
  published: [{ path: 'results/a: b.csv', step: 's@k=1', role: 'table', digest }],
  judgements: [],
  citation: awkward,
  folders: [],
  absent: [],
};
const holdings = new Map<string, Holding>([
  [digest, { digest, path: artifactPath(digest, 'csv'), sort: 'artifact', as: 's@k=1.table' }],
]);

describe('a citation file that is made', () => {
  test('reads back as what it was made from', () => {
    expect(citationOf(citationText(awkward), 'CITATION.cff')).toEqual(awkward);
  });

  test('names the authors by the title where nobody is named: the format asks for one', () => {
    const made = citationOf(citationText({ title: 'small', authors: [] }), 'CITATION.cff');
    expect(made.authors).toEqual([{ name: 'the authors of small' }]);
  });
});

describe('a citation file that is given', () => {
  const read = (text: string) => () => citationOf(text, 'my.cff');

  test.each([
    ['title: x', 'my.cff is no citation file: it has no cff-version'],
    ['just words', 'my.cff is no citation file: it has no cff-version'],
    ['a: [', 'my.cff is no YAML'],
    ['cff-version: 1.2.0\ntitle: x', 'my.cff needs a title and a list of authors'],
    ['cff-version: 1.2.0\ntitle: x\nauthors: []', 'my.cff needs a title and a list of authors'],
    ['cff-version: 1.2.0\ntitle: x\nauthors: [{ email: a@b.c }]', 'my.cff has an author without a name'],
  ])('such as %j says what it needs', (text, message) => {
    expect(read(text)).toThrow(message);
  });

  test('has names of people and of bodies', () => {
    const text =
      'cff-version: 1.2.0\ntitle: x\nauthors: [{ given-names: Ludwig, name-particle: van, family-names: Beethoven }, { name: IMO }]';
    expect(read(text)().authors).toEqual([{ name: 'Ludwig van Beethoven' }, { name: 'IMO' }]);
  });
});

describe('codecheck.yml', () => {
  test('lists what is published, where it lies in the bundle, and whose paper it is', () => {
    expect(parse(codecheckText(content, holdings))).toEqual({
      version: 'https://codecheck.org.uk/spec/config/1.0/',
      paper: {
        title: awkward.title,
        authors: [{ name: "O'Neil: first", ORCID: '0000-0002-1825-0097' }, { name: '- Zoë' }],
        reference: 'https://doi.org/10.1000/182',
      },
      manifest: [{ file: `artifacts/${digest}.csv`, comment: 'results/a: b.csv, made by s@k=1 (table)' }],
    });
  });

  test('is valid where nothing is published', () => {
    expect(parse(codecheckText({ ...content, published: [] }, holdings))).toMatchObject({ manifest: [] });
  });
});

describe('README.txt', () => {
  test('says what the bundle is and how to verify it', () => {
    expect(readmeText(content)).toContain('colophon verify BUNDLE.zip --execute all');
  });
});

describe('names of artifacts', () => {
  test('carry the digest, and an extension only where it is one', () => {
    expect(artifactPath(digest, 'csv')).toBe(`artifacts/${digest}.csv`);
    for (const none of ['', '../x', 'a b', 'x'.repeat(17), 'c.sv'])
      expect(artifactPath(digest, none)).toBe(`artifacts/${digest}`);
    expect(promisedDigest(`artifacts/${digest}.csv`)).toBe(digest);
    expect(promisedDigest(`code/${digest}.map.json`)).toBe(digest);
    expect(promisedDigest('pipeline.yaml')).toBeUndefined();
  });
});
