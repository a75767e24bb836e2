/** `colophon claims`: every claim of the papers with its status. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isBadNews } from '../../model/claim-status.ts';
import { Fault } from '../../model/fault.ts';
import { suggestion } from '../../base/text.ts';
import type { ClaimDeclaration, Judgement } from '../../model/claim.ts';
import { judgeClaims } from '../../provenance/claims.ts';
import { latexPackage, latexValues } from '../../provenance/latex.ts';
import { outsFinder, trustFinder } from '../../provenance/standing.ts';
import type { Trust } from '../../provenance/trust.ts';
import { exits } from '../exit.ts';
import type { ProjectFlags } from '../site.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { withPlan } from '../reading.ts';
import { claimLine, claimsLine } from '../summary.ts';
import { trustSum } from '../trust-lines.ts';

export async function claimsCommand(
  ids: readonly string[],
  flags: ProjectFlags & { readonly json?: boolean; readonly latex?: string },
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
    if (flags.latex !== undefined) writeLatex(flags.latex, claims, judgements);
    const trusts = trustFinder(reading);
    const trustOf = ({ step, found }: Judgement) =>
      step === undefined || found === undefined ? undefined : trusts(step);
    if (flags.json) printJson(judgements.map((each) => ({ ...each, trust: trustData(trustOf(each)) })));
    else
      print([
        ...judgements.map((judgement) => {
          const claim = claims.find(({ id }) => id === judgement.claim) as (typeof claims)[number];
          return claimLine(claim, judgement, style, trustOf(judgement));
        }),
        ...(claims.length === 0
          ? ['this pipeline makes no claims; see `claims:` in docs/pipeline-yaml.md']
          : [claimsLine(judgements, style), ...sumOf(judgements.flatMap((each) => trustOf(each) ?? []))]),
      ]);
    if (judgements.some(isBadNews)) process.exitCode = exits.failed;
  });
}

function trustData(trust: Trust | undefined): object | undefined {
  return trust && { level: trust.level, own: trust.own, limitedBy: trust.limitedBy };
}

const sumOf = (trusts: readonly Trust[]) =>
  trusts.length === 0
    ? []
    : [
        `  ${trustSum(
          trusts.map(({ level }) => level),
          'value',
        )}`,
      ];

/** The values, and the package that reads them beside them. */
function writeLatex(
  path: string,
  claims: readonly ClaimDeclaration[],
  judgements: readonly Judgement[],
): void {
  const file = resolve(path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, latexValues(claims, judgements));
  writeFileSync(join(dirname(file), 'colophon.sty'), latexPackage);
  const name = basename(path, '.tex');
  process.stderr.write(
    `latex: ${path} and colophon.sty; \\usepackage{colophon} \\colophonvalues{${name}}, then \\claim{id}\n`,
  );
}
