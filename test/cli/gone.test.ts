/** A store that vanishes under a process is told in a sentence, not as a stack. */
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { nameLoss } from '../../src/cli/gone.ts';
import { Fault } from '../../src/model/fault.ts';
import { pipelineText, shell } from '../pipeline/support/texts.ts';
import { newRig, removeRigs } from '../support/rig.ts';

afterAll(removeRigs);

test('a run whose store is removed ends with exit 4 and says so in a line, not as a stack', async () => {
  const rig = newRig({});
  const gate = rig.gate('slow');
  const slow = { cmd: shell(`${gate.shell}; echo 1 > out.json`), outs: { out: 'out.json' } };
  rig.write({ 'pipeline.yaml': pipelineText({ slow }) });
  const running = rig.start(['run']);
  await gate.reached();
  rmSync(rig.path('.colophon'), { recursive: true });
  gate.open();
  const { code, stderr } = await running.ended;
  expect(stderr).toMatch(/\.colophon: the store was removed or moved while colophon was using it/);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(4);
});

describe('an error of the file system', () => {
  const failing = (code: string, path: string) => Object.assign(new Error('as said'), { code, path });

  test('below a store that is there no more is a fault of the store', () => {
    const named = nameLoss(failing('ENOENT', '/nowhere/.colophon/scratch/a/stderr'));
    expect(named).toMatchObject({
      kind: 'store',
      message: expect.stringContaining('/nowhere/.colophon: the'),
    });
  });

  test('below a store that is there is our own, but for want of space or rights', () => {
    const rig = newRig({ '.colophon/store.sqlite': '' });
    const path = rig.path('.colophon/scratch/a');
    const missing = failing('ENOENT', path);
    expect(nameLoss(missing)).toBe(missing);
    expect(nameLoss(failing('ENOSPC', path))).toMatchObject({ kind: 'store' });
  });

  test('elsewhere, and any other error, stays what it is', () => {
    const others = [
      failing('ENOENT', '/nowhere/a'),
      new Error('no'),
      new Fault('usage', 'no'),
      'no',
      undefined,
    ];
    for (const other of others) expect(nameLoss(other)).toBe(other);
  });
});
