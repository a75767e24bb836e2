import { describe, expect, it } from 'vitest';
import { allowsModule } from '../../src/model/effect.ts';

describe('allowsModule', () => {
  it('allows a pure stage none of the modules of Node', () => {
    for (const name of ['fs', 'node:path', 'node:os'])
      expect(allowsModule(['clock', 'intl'], name)).toBe(false);
  });

  it('allows each effect its own modules only', () => {
    expect(allowsModule(['files'], 'node:fs/promises')).toBe(true);
    expect(allowsModule(['files'], 'node:http')).toBe(false);
    expect(allowsModule(['network'], 'https')).toBe(true);
    expect(allowsModule(['network'], 'fs')).toBe(false);
  });

  it('allows a native stage all of them', () => {
    expect(allowsModule(['native'], 'node:child_process')).toBe(true);
  });
});
