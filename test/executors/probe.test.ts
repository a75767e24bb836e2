import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/model/fault.ts';
import { probe } from '../../src/executors/probe.ts';

describe('probe', () => {
  it('gives the trimmed answer', async () => {
    expect(await probe(['sh', '-c', 'echo "  Tool 1.2 "; echo'], {})).toBe('Tool 1.2');
  });

  it('asks in the environment of a command stage', async () => {
    process.env['COLOPHON_TEST_SECRET'] = 'secret';
    const asked = 'echo $TZ $LC_ALL $SET $COLOPHON_TEST_SECRET';
    expect(await probe(['sh', '-c', asked], { SET: 'declared' })).toBe('UTC C.UTF-8 declared');
  });

  it.each([
    [
      ['no-such-program', '--version'],
      /^the probe `no-such-program --version` failed: the program "no-such-program" is not on PATH .*install it/,
    ],
    [['sh', '-c', 'echo wrong >&2; exit 2'], /failed: sh ended with exit code 2\nwrong$/],
    [['sh', '-c', 'echo 1.2 >&2'], /printed nothing to stdout; if it answers on stderr, ask through a shell/],
  ])('refuses %j', async (argv, message) => {
    const error = await probe(argv, {}).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Fault);
    expect(error).toMatchObject({ kind: 'usage', message: expect.stringMatching(message) });
  });

  it('looks on the PATH that it is given', async () => {
    await expect(probe(['sh', '-c', 'echo 1'], {}, '/nowhere')).rejects.toThrow('is not on PATH (/nowhere)');
  });
});
