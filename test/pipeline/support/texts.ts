/** Writes pipelines and stage files briefly. */

/** A pipeline.yaml: JSON is YAML too. */
export function pipelineText(stages: object, more: object = {}): string {
  return `${JSON.stringify({ pipeline: 'test', ...more, stages }, undefined, 2)}\n`;
}

/** A command of one line of shell. */
export const shell = (script: string): string[] => ['sh', '-c', script];

export interface StageText {
  /** Fields of the params schema: `n: z.int()`. */
  readonly params?: string;
  /** Deps by role: `text: anyText, all: gather(number)`. */
  readonly deps?: string;
  /** Outs by role; one number `value` unless told. */
  readonly outs?: string;
  /** A function of deps, params and tools. */
  readonly run: string;
  /** Lines before: imports, helpers. */
  readonly before?: string;
}

/** A stage file; `number` and `list` are kinds at hand. */
export function stageText({
  params = '',
  deps = '',
  outs = 'value: number',
  run,
  before = '',
}: StageText): string {
  return `import { z } from 'zod';
import { anyBytes, anyJson, anyText, folder, gather, jsonKind, tableKind, textKind } from 'colophon';
${before}
const number = jsonKind('number');
const list = jsonKind('list');
export const params = () => z.object({ ${params} });
export const deps = () => ({ ${deps} });
export const outs = () => ({ ${outs} });
export const run = ${run};
`;
}
