/** What lies behind a step: its code, params and inputs, and theirs, down to the sources. */
import { shortDigest } from '../base/digest.ts';
import { needsOf } from '../engine/graph.ts';
import { canonicalJson } from '../model/json.ts';
import type { Step } from '../model/step.ts';
import type { Store } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';
import type { FindOuts } from './claims.ts';

export interface Lineage {
  readonly step: string;
  readonly role?: string | undefined;
  /** The artifact's digest, for the role asked for. */
  readonly digest?: string | undefined;
  readonly current: boolean;
  /** Project-relative source files of the code, the stage's own first. */
  readonly code: readonly string[];
  readonly codeDigest?: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly sources: readonly { readonly role: string; readonly path: string; readonly digest: string }[];
  /** Steps it needs; a stage with several cases is one entry, with the lineage of its first. */
  readonly needs: readonly { readonly steps: readonly string[]; readonly lineage?: Lineage | undefined }[];
}

/** The lineage of a step, each stage told once. */
export function lineageOf(
  store: Store,
  steps: readonly Step[],
  find: FindOuts,
  step: string,
  role?: string,
): Lineage {
  const byId = new Map(steps.map((each) => [each.id, each]));
  const told = new Set<string>();
  const tell = (id: string, wanted?: string): Lineage => {
    const planned = byId.get(id);
    const trace = store.traces.newest(id);
    told.add(id.split('@', 1)[0] as string);
    const groups = Map.groupBy(
      planned === undefined ? [] : needsOf(planned),
      (need) => need.split('@', 1)[0] as string,
    );
    return {
      step: id,
      role: wanted,
      digest: wanted === undefined ? undefined : trace?.outs[wanted]?.digest,
      current: find(id)?.current ?? false,
      code: trace === undefined ? [] : sourceFiles(store, trace),
      codeDigest: trace?.parts.code,
      params: Object.fromEntries(
        Object.entries(trace?.parts.params ?? {}).map(([name, value]) => [name, canonicalJson(value)]),
      ),
      sources: planned === undefined || trace === undefined ? [] : sourcesOf(planned, trace),
      needs: [...groups].map(([stage, ids]) => ({
        steps: ids,
        lineage: told.has(stage) ? undefined : tell(ids[0] as string),
      })),
    };
  };
  return tell(step, role);
}

function sourcesOf(step: Step, trace: Trace): Lineage['sources'] {
  return Object.entries(step.inputs).flatMap(([role, input]) => {
    const digest = trace.parts.inputs[role];
    return input.type === 'source' && typeof digest === 'string' ? [{ role, path: input.path, digest }] : [];
  });
}

/** The files that the bundle's source map names, without those of packages. */
function sourceFiles(store: Store, trace: Trace): string[] {
  const digest = trace.seen['sourceMap'] as Trace['key'] | undefined;
  if (digest === undefined || !store.artifacts.has(digest)) return [];
  const { sources } = JSON.parse(new TextDecoder().decode(store.artifacts.read(digest))) as {
    sources: string[];
  };
  const own = sources.filter(
    (path) =>
      !path.includes('node_modules/') &&
      !path.startsWith('<') &&
      !path.endsWith('runtime.js') &&
      !path.includes('chunks/'),
  );
  return own.sort((a, b) => Number(b.startsWith('stages/')) - Number(a.startsWith('stages/')));
}

/** The lineage as indented lines. */
export function lineageLines(lineage: Lineage, dim: (text: string) => string, indent = ''): string[] {
  const { step, role, digest, current, code, codeDigest, params, sources, needs } = lineage;
  const artifact = digest === undefined ? '' : `  ${shortDigest(digest)}`;
  const lines = [
    `${indent}${step}${role === undefined ? '' : `.${role}`}${artifact}${current ? '' : '  (not what the plan would give: run it)'}`,
  ];
  if (codeDigest !== undefined)
    lines.push(
      `${indent}  code    ${code.length === 0 ? '' : `${code.slice(0, 3).join(', ')}${code.length > 3 ? ` and ${code.length - 3} more files` : ''}  `}${dim(shortDigest(codeDigest))}`,
    );
  const given = Object.entries(params).map(
    ([name, value]) => `${name} ${value.length > 40 ? `${value.slice(0, 37)}…` : value}`,
  );
  if (given.length > 0) lines.push(`${indent}  params  ${given.join(', ')}`);
  for (const source of sources)
    lines.push(`${indent}  source  ${source.path}  ${dim(shortDigest(source.digest))}`);
  for (const need of needs) {
    const [first] = need.steps;
    const more = need.steps.length > 1 ? dim(`  and ${need.steps.length - 1} more cases`) : '';
    if (need.lineage === undefined) lines.push(`${indent}  ← ${first}${more}${dim('  (told above)')}`);
    else {
      const [head = '', ...rest] = lineageLines(need.lineage, dim, `${indent}    `);
      lines.push(`${indent}  ← ${head.trim()}${more}`, ...rest);
    }
  }
  return lines;
}
