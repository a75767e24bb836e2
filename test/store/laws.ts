/** The laws of every store: one suite that each implementation runs with its own factory. */
import { describe } from 'vitest';
import type { LocalStore } from '../../store/local.ts';
import { artifactLaws } from './laws/artifacts.ts';
import { auditLaws } from './laws/audits.ts';
import { conflictLaws } from './laws/conflicts.ts';
import { garbageLaws } from './laws/garbage.ts';
import { runLaws } from './laws/runs.ts';
import { traceLaws } from './laws/traces.ts';

export interface Subject {
  readonly store: LocalStore;
  /** The same data as another process sees it. */
  readonly elsewhere: () => LocalStore;
  /** Moves the clock (ms). */
  readonly pass: (milliseconds: number) => void;
  readonly dispose: () => Promise<void>;
}

export type Open = () => Subject | Promise<Subject>;

/** Runs every law against the stores that `open` gives, each of them fresh. */
export function storeLaws(name: string, open: Open): void {
  describe(name, () => {
    describe('artifacts', () => artifactLaws(open));
    describe('traces', () => traceLaws(open));
    describe('conflicts', () => conflictLaws(open));
    describe('runs, memos, published paths and pins', () => runLaws(open));
    describe('garbage', () => garbageLaws(open));
    describe('audits and signatures', () => auditLaws(open));
  });
}
