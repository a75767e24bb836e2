/** `colophon diff`: what changed between two runs. */
import { counted, listed, shortDigest } from '../../base/text.ts';
import { formatTime } from '../../base/time.ts';
import { stageOf } from '../../model/case.ts';
import type { Judgement } from '../../model/claim.ts';
import { spellChange } from '../../provenance/code-changes.ts';
import {
  type ClaimDiff,
  type OutDiff,
  type RunDiff,
  type StepDiff,
  type ValueDiff,
  diffRuns,
} from '../../provenance/run-diff.ts';
import { type RunView, viewRun } from '../../provenance/run-view.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { runBefore, runNamed } from '../run-names.ts';
import { type ProjectFlags, openSite } from '../site.ts';
import { type Style, cut } from '../view/style.ts';

export interface DiffFlags extends ProjectFlags {
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** Without names: the last run, and the one before it that gave other results. */
export async function diffCommand(
  before: string | undefined,
  after: string | undefined,
  flags: DiffFlags,
): Promise<void> {
  const { store } = openSite(flags, 'read');
  try {
    const runs = store.runs.list();
    const now = viewRun(store, runNamed(after ?? 'last', runs));
    const old = before === undefined ? runBefore(store, runs, now) : viewRun(store, runNamed(before, runs));
    const diff = diffRuns(store, old, now);
    if (flags.json) printJson(diff);
    else print(diffLines(diff, [old, now], flags.verbose ?? false, stdoutStyle()));
  } finally {
    await store.close();
  }
}

function diffLines(diff: RunDiff, views: readonly RunView[], verbose: boolean, style: Style): string[] {
  const { same, changed, added, removed, claims } = diff;
  const heads = views.map(({ run, of }, i) => {
    const repeats = of === run.id ? '' : `, nothing to do since ${of}`;
    return `${i === 0 ? style.bad('-') : style.good('+')} ${run.id}  ${style.dim(`${formatTime(run.at)}  ${run.profile}${repeats}`)}`;
  });
  const total = changed.length + added.length + removed.length + claims.length;
  if (total === 0) return [...heads, `nothing changed: ${counted(same, 'step')} the same`];
  return [
    ...heads,
    `${counted(changed.length, 'step')} changed, ${same} the same`,
    ...groupsOf(changed, verbose).flatMap((group) => ['', ...groupLines(group, style)]),
    ...named('only before', removed, style),
    ...named('only after', added, style),
    ...(claims.length === 0 ? [] : ['', style.strong('claims')]),
    ...claims.map(({ claim, before, after }) => `  ${claim}: ${verdict(before)} → ${verdict(after)}`),
    ...(claims.some(isMoved)
      ? [
          style.dim(
            `  \`colophon exp --attribute ${(claims.find(isFlipped) ?? claims.find(isMoved))?.claim}\` says which change moved it`,
          ),
        ]
      : []),
  ];
}

const isFlipped = (diff: ClaimDiff) => isMoved(diff) && diff.before?.status !== diff.after?.status;
const isMoved = ({ before, after }: ClaimDiff) => before?.found !== undefined && after?.found !== undefined;

const named = (title: string, steps: readonly string[], style: Style) =>
  steps.length === 0 ? [] : ['', `${style.strong(title)}  ${listed(steps, 6)}`];

const verdict = (judgement: Judgement | undefined) =>
  judgement === undefined
    ? 'not judged'
    : `${judgement.status}${judgement.found === undefined ? '' : ` (${judgement.found})`}`;

/** Cases of one stage that changed for the same reasons are told together. */
function groupsOf(changed: readonly StepDiff[], verbose: boolean): StepDiff[][] {
  const name = ({ step, reasons, status }: StepDiff) =>
    verbose
      ? step
      : JSON.stringify([
          stageOf(step),
          status,
          reasons.map(({ type, detail }) => (type === 'input' ? type : detail)),
        ]);
  return [...Map.groupBy(changed, name).values()];
}

function groupLines(group: readonly StepDiff[], style: Style): string[] {
  const [first] = group as [StepDiff];
  const rest = group.length - 1;
  const more = rest === 0 ? '' : style.dim(`  and ${counted(rest, 'more case')}, alike`);
  const { before, after } = first.status;
  return [
    `${style.strong(first.step)}${more}`,
    ...(before === after ? [] : [`  ${before} → ${after}`]),
    ...first.reasons.map(({ type, detail }) => `  ${type === 'code' ? codeText(first, detail) : detail}`),
    ...first.outs.map((out) => `  ${style.accent('→')} ${outText(out)}`),
    ...first.evidence.map((value) => `  ${style.dim('evidence')} ${valueText(value)}`),
  ];
}

const codeText = ({ code }: StepDiff, detail: string) =>
  code.length === 0 ? detail : `code: ${listed(code.map(spellChange), 4)}`;

const mostCells = 3;

function outText({ role, before, after, cells, first }: OutDiff): string {
  const digests = `${role}: ${before === undefined ? 'absent' : shortDigest(before)} → ${after === undefined ? 'absent' : shortDigest(after)}`;
  if (cells.length === 0) return first === undefined ? digests : `${digests}  ${first}`;
  const shown = cells.slice(0, mostCells).map(valueText).join('; ');
  return `${digests}  ${counted(cells.length, 'value')}${cells.length > mostCells ? ', such as' : ':'} ${shown}`;
}

const valueText = ({ name, before, after }: ValueDiff) =>
  `${name}: ${cut(before ?? 'absent', 24)} → ${cut(after ?? 'absent', 24)}`;
