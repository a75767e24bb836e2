/** From `colophon init` to a figure of one's own, and what a beginner's mistakes are told. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stageEntry, stageSkeleton } from '../../src/cli/help-topics.ts';
import { type Rig, newRig, removeRigs } from '../support/rig.ts';

afterAll(removeRigs);

const guide = readFileSync(new URL('../../docs/first-minutes.md', import.meta.url), 'utf8');

/** The first code block of the guide that holds this. */
function block(holding: string): string {
  const blocks = [...guide.matchAll(/```\w+\n([^]*?)```/g)].map((match) => match[1] as string);
  return blocks.find((text) => text.includes(holding)) ?? '';
}

const underStages = (rig: Rig, entry: string) =>
  rig.edit('pipeline.yaml', '\nclaims:', `\n${entry.trimEnd()}\nclaims:`);

describe('colophon init', () => {
  let rig: Rig;
  let said: string;
  beforeAll(async () => {
    rig = newRig({});
    said = (await rig.colophon('init')).stdout;
  });

  test('makes a pipeline that runs, publishes and holds', async () => {
    expect(said).toContain('made pipeline.yaml, stages/orbit.ts, stages/figure.ts');
    const { code, stderr } = await rig.colophon('run');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /✓ 2 steps: 2 executed.*\n {2}published results\/orbit\.csv and results\/orbit\.svg\n✓ claims: 1 holds/,
    );
    expect(rig.read('results/orbit.svg')).toContain('</svg>');
  });

  test('overwrites nothing, and says what is in the way', async () => {
    const { code, stderr } = await rig.colophon('init');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'pipeline.yaml, stages/orbit.ts, stages/figure.ts and pipeline.schema.json are there already',
    );
  });

  test('keeps the store out of git, once', () => {
    expect(rig.read('.gitignore')).toBe('.colophon/\n');
  });

  test('says the commands as they are reached', async () => {
    const other = newRig({});
    other.env = { npm_command: 'exec' };
    const { stdout } = await other.colophon('init', 'paper');
    expect(said).toContain('  colophon run ');
    expect(stdout).toMatch(/ {2}cd paper\n {2}npx colophon run +makes/);
    expect(other.exists('paper/pipeline.yaml')).toBe(true);
  });

  test('names a pipeline after any folder', async () => {
    const odd = newRig({});
    expect((await odd.colophon('init', '2026 Übung!')).code).toBe(0);
    expect(odd.read('2026 Übung!/pipeline.yaml')).toContain('pipeline: bung\n');
  });

  test('leads, as the guide says, to a figure of two further stages', async () => {
    rig.write({ 'stages/squares.ts': stageSkeleton, 'stages/bars.ts': block('const bars') });
    underStages(rig, stageEntry + block('use: stages/bars.ts'));
    expect(await rig.executes()).toEqual(['bars', 'squares']);
    expect(rig.read('results/bars.svg').match(/<rect /g)).toHaveLength(20);
    expect(rig.read('results/squares.csv')).toContain('\n19,361\n');
  });

  test('is followed by a claim that fails where the param is changed', async () => {
    rig.edit('pipeline.yaml', 'rate: 3.2', 'rate: 3.9');
    expect((await rig.colophon('plan')).stdout).toContain('params.rate: 3.2 → 3.9');
    const { code, stderr } = await rig.colophon('run');
    expect(code).toBe(1);
    expect(stderr).toMatch(/✗ fails {2}two-cycle: 0\.104.* \(rounds to 0\.799\)/);
  });
});

describe('a beginner who', () => {
  const begun = async () => {
    const rig = newRig({});
    await rig.colophon('init');
    return rig;
  };

  test('names a stage file that is not there yet is shown how one begins', async () => {
    const rig = await begun();
    underStages(rig, stageEntry);
    const { code, stderr } = await rig.colophon('run');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'uses "stages/squares.ts", which does not exist. `colophon help stage` prints one',
    );
    expect((await rig.colophon('help', 'stage')).stdout).toContain(stageSkeleton);
  });

  test('adds a stage at the end of the file, below the claims, is told where it belongs', async () => {
    const rig = await begun();
    rig.write({ 'pipeline.yaml': `${rig.read('pipeline.yaml')}${stageEntry}` });
    const { stderr } = await rig.colophon('run');
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(
        /^pipeline\.yaml:\d+:3: "squares" is written as a stage, but stands under "claims:"/,
      ),
      '1 problem in pipeline.yaml',
      '',
    ]);
  });

  test('calls Math.log is told the line and the effect, once; and later sees the logs of the later attempt', async () => {
    const rig = await begun();
    rig.write({ 'stages/squares.ts': stageSkeleton.replace('n * n', '(console.log(n), Math.log(n + 1))') });
    underStages(rig, stageEntry);
    const { code, stderr } = await rig.colophon('run', 'squares');
    expect(code).toBe(1);
    expect(stderr).toMatch(/✗ squares failed \(impure\): Math\.log at stages\/squares\.ts:\d+:\d+/);
    expect(stderr).toMatch(/declare it: `effects: \[platform-math\]` in pipeline\.yaml/);
    expect((await rig.colophon('show', '--logs', 'squares')).stdout).toContain('at run (stages/squares.ts');
    rig.edit('stages/squares.ts', 'Math.log(n + 1)', 'n + 1');
    await rig.executes('squares');
    expect((await rig.colophon('show', '--logs', 'squares')).stdout).toBe(
      Array.from({ length: 20 }, (_, n) => `${n}\n`).join(''),
    );
  });
});
