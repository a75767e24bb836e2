/** `colophon claims`: every claim of the papers with its status. */
import { Fault } from '../../model/fault.ts';
import { suggestion } from '../../base/text.ts';
import { judgeClaims } from '../../provenance/claims.ts';
import { exits } from '../exit.ts';
import type { ProjectFlags } from '../site.ts';
import { print, stdoutStyle } from '../output.ts';
import { outsFinder, withPlan } from '../reading.ts';
import { claimLine, claimsLine } from '../summary.ts';

export async function claimsCommand(
  ids: readonly string[],
  flags: ProjectFlags & { readonly json?: boolean },
): Promise<void> {
  await withPlan(flags, [], (reading) => {
    const { claims } = reading.pipeline;
    const known = claims.map(({ id }) => id);
    for (const id of ids)
      if (!known.includes(id)) throw new Fault('usage', `there is no claim "${id}".${suggestion(id, known)}`);
    const wanted = (id: string) => ids.length === 0 || ids.includes(id);
    const judgements = judgeClaims(reading.pipeline, reading.context.store, outsFinder(reading)).filter(
      ({ claim }) => wanted(claim),
    );
    const style = stdoutStyle();
    const lines = judgements.map((judgement) =>
      claimLine(claims.find(({ id }) => id === judgement.claim) as (typeof claims)[number], judgement, style),
    );
    if (flags.json) print(JSON.stringify(judgements, undefined, 2));
    else
      print([
        ...lines,
        claims.length === 0
          ? 'this pipeline makes no claims; see `claims:` in docs/pipeline-yaml.md'
          : claimsLine(judgements, style),
      ]);
    if (judgements.some(({ status }) => status === 'fails' || status === 'broken'))
      process.exitCode = exits.failed;
  });
}
