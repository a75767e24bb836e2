/** What docs/pipeline-yaml.md shows is accepted, and what it lists is all there is. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseRelation } from '../../src/config/claims/relation.ts';
import { parseSelector } from '../../src/config/claims/selector.ts';
import { settings } from '../../src/config/shape/settings.ts';
import { stageFields } from '../../src/config/shape/stage.ts';
import { effects } from '../../src/model/effect.ts';
import { told } from './support/parsed.ts';

const text = readFileSync(new URL('../../docs/pipeline-yaml.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/```yaml\n([^]*?)```/g)].map((match) => match[1] as string);

/** The code in the first cells of the rows of a section's tables. */
function cells(section: string): string[] {
  const rows = (text.split(`\n## ${section}\n`)[1] ?? '').split('\n## ')[0]?.match(/^\| `.*$/gm) ?? [];
  return rows.flatMap((row) =>
    [...(row.split(' | ')[0] as string).matchAll(/`([^`]+)`/g)].map((match) => match[1] as string),
  );
}

test.each(examples.map((example) => [/^pipeline: (.*)$/m.exec(example)?.[1], example]))(
  'the example %s has no problems',
  (_, example) => {
    expect(told(example as string)).toEqual([]);
  },
);

test('every field of a stage is described', () => {
  expect([...cells('A stage'), 'use', 'cmd'].toSorted()).toEqual(stageFields.toSorted());
});

test('every setting that has a default, and every effect, is named', () => {
  const line = text.split('\n').find((each) => each.startsWith('`defaults:`')) ?? '';
  for (const name of Object.keys(settings)) expect(line).toContain(`\`${name}\``);
  for (const name of Object.keys(effects)) expect(text).toContain(`\`${name}\``);
});

const isSelector = (written: string) => /^[a-z]+[@.]/.test(written);

test('the selectors and relations shown are read', () => {
  const shown = cells('Claims');
  for (const written of shown.filter(isSelector)) expect(parseSelector(written)).toHaveProperty('value');
  for (const written of shown.filter((each) => !isSelector(each) && each !== '+-'))
    expect(parseRelation(written)).toHaveProperty('value');
  expect(shown.length).toBeGreaterThan(12);
});
