/** One invocation, append-only. */

export interface RunStart {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly pipeline: string;
  readonly profile: string;
  /** The command line, as typed. */
  readonly command: readonly string[];
  readonly targets: readonly string[];
  /** Version of Colophon, of Node, and the platform. */
  readonly machine: Readonly<Record<string, string>>;
}

export type RunStatus = 'running' | 'complete' | 'failed' | 'interrupted' | 'lost';

export interface RunCounts {
  readonly hits: number;
  readonly executed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Run extends RunStart {
  readonly status: RunStatus;
  readonly finishedAt?: number | undefined;
  readonly counts: RunCounts;
}
