/** Gives each law a fresh store and closes it after. */
import { test } from 'vitest';
import type { Open, Subject } from '../laws.ts';

export type Law = (name: string, body: (subject: Subject) => Promise<void> | void) => void;

export function lawsOf(open: Open): Law {
  return (name, body) =>
    test(name, async () => {
      const subject = await open();
      try {
        await body(subject);
      } finally {
        await subject.dispose();
      }
    });
}
