/** What lies between two runs as single changes, each of which can be made without the others. */
import { changes as reasonsOf } from '../engine/explain.ts';
import type { KeyParts } from '../model/key.ts';
import type { Step, StepInput } from '../model/step.ts';
import type { Store } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';
import type { CodeChange } from './code-changes.ts';
import { codeOfBoth } from './run-diff.ts';
import type { RunView } from './run-view.ts';

/** One difference between two runs that can be made or left by itself. */
export interface Change {
  /** `params sample.draws`, `code summary`, `source data/raw.csv`. */
  readonly name: string;
  /** From what to what. */
  readonly says: string;
  readonly steps: readonly string[];
  /** Of a change of code: the functions. */
  readonly code: readonly CodeChange[];
}

export interface Between {
  readonly store: Store;
  /** The pipeline as it is: it says which step takes what. */
  readonly steps: ReadonlyMap<string, Step>;
  readonly before: RunView;
  readonly after: RunView;
}

type Part = Pick<Change, 'name' | 'says'>;

/** The changes among these steps, each once however many steps it touches. */
export function changesBetween(between: Between, among: ReadonlySet<string>): Change[] {
  const found = new Map<string, Change>();
  for (const id of among) {
    const { old, now } = both(between, id);
    if (old === undefined || now === undefined) continue;
    for (const { name, says } of partsChanged(between.steps.get(id), old.parts, now.parts)) {
      const known = found.get(name);
      const steps = [...(known?.steps ?? []), id];
      const isCode = name.startsWith('code ') && known === undefined;
      const code = isCode ? codeOfBoth(between.store, old, now) : (known?.code ?? []);
      found.set(name, { name, says: known?.says ?? says, steps, code });
    }
  }
  return [...found.values()];
}

/** A step's executions in the two runs. */
export function both(
  { before, after }: Between,
  id: string,
): { readonly old: Trace | undefined; readonly now: Trace | undefined } {
  return { old: before.steps.get(id)?.trace, now: after.steps.get(id)?.trace };
}

function partsChanged(step: Step | undefined, old: KeyParts, now: KeyParts): Part[] {
  const stage = step === undefined ? '' : step.stage.name;
  return reasonsOf(old, now).flatMap(({ type, detail }): Part[] => {
    const [name = '', ...rest] = detail.split(': ');
    if (type === 'code' || type === 'outs') return [{ name: `code ${stage}`, says: rest.join(': ') }];
    if (type === 'input') return inputChange(step?.inputs[name], stage, name, rest.join(': '));
    if (type === 'params' && rest.length === 0) return [{ name: `stream ${stage}`, says: detail }];
    return [{ name: `${type} ${stage}.${name.replace(/^params\./, '')}`, says: rest.join(': ') }];
  });
}

/**
 * Other bytes from another step are no change of their own, but another source is, or other members of a gather. What
 * a stage takes changes with its code.
 */
function inputChange(declared: StepInput | undefined, stage: string, role: string, says: string): Part[] {
  if (declared?.type === 'source') return [{ name: `source ${declared.path}`, says }];
  if (declared?.type === 'gather')
    return /added|removed/.test(says) ? [{ name: `cases ${stage}.${role}`, says }] : [];
  return /a new input|no longer an input/.test(says)
    ? [{ name: `code ${stage}`, says: `${role}: ${says}` }]
    : [];
}
