/** Checks that the cases of a stage find the cases of what they need. */
import type { Case } from '../../model/case.ts';
import { describeMissing, joinDep } from '../../model/join.ts';
import type { StageDeclaration } from '../../model/pipeline.ts';
import type { StageCases } from '../../model/unroll.ts';
import { complain, type Context, type StageText } from '../context.ts';

/** Notes, at each dep, the cases that the upstream stage has not. Cases over items are left to the run. */
export function checkJoins(
  context: Context,
  text: StageText,
  stage: StageDeclaration,
  cases: ReadonlyMap<string, StageCases>,
): void {
  const own = cases.get(stage.name)?.cases ?? [];
  for (const [role, dep] of Object.entries(stage.deps)) {
    const upstream = dep.type === 'artifact' ? cases.get(dep.stage) : undefined;
    if (dep.type !== 'artifact' || upstream === undefined || upstream.problems.length > 0) continue;
    if (context.problems.brokenStages.has(dep.stage)) continue;
    const missing = missingCases(own, joinDep(upstream, Object.keys(stage.matrix)));
    if (missing.length === 0) continue;
    const message = `step "${stage.name}" needs ${describeMissing(`${dep.stage}.${dep.role}`, missing, upstream)}`;
    complain(context, text, ['deps', role], message);
  }
}

function missingCases(own: readonly Case[], join: ReturnType<typeof joinDep>): Case[] {
  const missing = new Map<string, Case>();
  for (const binding of own) {
    const joined = join(binding);
    if (joined.type === 'missing') missing.set(JSON.stringify(joined.shared), joined.shared);
  }
  return [...missing.values()];
}
