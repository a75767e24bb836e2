/** Decides what a new result means for its key: the first, the same, another draw, or a conflict. Pure. */
import { type RecordRules, sameOuts, type Trace } from '../src/model/trace.ts';
import { type ReadBytes, agreeBy } from './compare.ts';

/** What a store knows of a key. */
interface KnownResults {
  readonly current: Trace | undefined;
  /** Results that disagree with the current one, both kept until `resolve`. */
  readonly rivals: readonly Trace[];
  /** Whether some bytes of the current result are gone. */
  readonly isLost: boolean;
}

export type Ruling =
  /** Keep it for the record; never serve it. */
  | { readonly type: 'torn' }
  /** Keep it and make it current; what was current before is past. */
  | { readonly type: 'current' }
  /** Keep nothing: the current result stands. */
  | { readonly type: 'same'; readonly current: Trace }
  | {
      readonly type: 'conflict';
      readonly current: Trace;
      /** The rival that has these very outs already; undefined where the new one is to be kept. */
      readonly known: Trace | undefined;
      readonly roles: readonly string[];
      /** The current one's bytes are lost: the new one (or the known rival) takes its place, and it becomes a rival. */
      readonly takesOver: boolean;
    };

/** Judges `trace` against what is known. `read` gives bytes where two digests differ and the rules look inside. */
export function judge(trace: Trace, known: KnownResults, rules: RecordRules, read: ReadBytes): Ruling {
  if (trace.torn) return { type: 'torn' };
  const { current } = known;
  if (current === undefined) return { type: 'current' };
  const roles = differingRoles(current, trace, rules, read);
  if (roles.length === 0) return { type: 'same', current };
  // An honestly random stage that was executed again on purpose: the new draw is what its run went on with.
  if (rules.stochastic) return { type: 'current' };
  const rival = known.rivals.find((one) => sameOuts(one, trace));
  return { type: 'conflict', current, known: rival, roles, takesOver: known.isLost };
}

/** The roles whose artifacts do not agree, sorted. */
function differingRoles(a: Trace, b: Trace, rules: RecordRules, read: ReadBytes): string[] {
  const roles = [...new Set([...Object.keys(a.outs), ...Object.keys(b.outs)])].sort();
  return roles.filter((role) => {
    const [left, right] = [a.outs[role], b.outs[role]];
    if (left === undefined || right === undefined) return true;
    return !agreeBy(rules.compare[role] ?? { type: 'bytes' }, left, right, read);
  });
}
