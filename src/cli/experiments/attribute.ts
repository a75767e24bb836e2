/** `colophon exp --attribute CLAIM`: which of the changes between two runs moved a claim. */
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { counted, listed, suggestion } from '../../base/text.ts';
import { commandExecutor } from '../../executors/command.ts';
import { dispatch } from '../../executors/dispatch.ts';
import { probe } from '../../executors/probe.ts';
import { workerExecutor } from '../../executors/worker.ts';
import { outlook } from '../../engine/outlook.ts';
import type { ClaimDeclaration, Judgement } from '../../model/claim.ts';
import { Fault } from '../../model/fault.ts';
import { type Attribution, type Effect, attribute } from '../../provenance/attribution.ts';
import type { Change } from '../../provenance/changes.ts';
import { stepsOfStages } from '../../provenance/claims.ts';
import { spellChange } from '../../provenance/code-changes.ts';
import { executeIn } from '../../provenance/execute.ts';
import type { RunView } from '../../provenance/run-view.ts';
import { onInterrupts } from '../interrupts.ts';
import { aligned, print, printJson, stdoutStyle, tell } from '../output.ts';
import { type Project, openProject } from '../project.ts';
import { runsAbout } from '../run-names.ts';
import { type ProjectFlags, storeFolder } from '../site.ts';
import { distFile, machineVersions } from '../tool.ts';
import { type Style, cut } from '../view/style.ts';

interface AttributeFlags extends ProjectFlags {
  readonly json?: boolean;
}

/** Between the two runs named, or the last that had the claim's step and the one before it that gave another result. */
export async function attributeCommand(
  names: readonly string[],
  id: string,
  flags: AttributeFlags,
): Promise<void> {
  if (names.length > 2)
    throw new Fault('usage', '--attribute compares two runs: name the earlier and the later');
  const project = await openProject(flags);
  const { store } = project.context;
  try {
    const claim = claimNamed(project, id);
    const step = stepsOfStages(project.pipeline)(claim.selector.step);
    const views = runsAbout(step, store, names);
    const found = await attributeBetween(project, claim, views);
    if (flags.json) printJson(found);
    else print(lines(found, views, stdoutStyle()));
  } finally {
    await store.close();
  }
}

function claimNamed({ pipeline }: Project, id: string): ClaimDeclaration {
  const claim = pipeline.claims.find((each) => each.id === id);
  if (claim !== undefined) return claim;
  const names = pipeline.claims.map((each) => each.id);
  throw new Fault('usage', `there is no claim "${id}".${suggestion(id, names)}`);
}

type Views = readonly [before: RunView, after: RunView];

async function attributeBetween(
  { context, pipeline }: Project,
  claim: ClaimDeclaration,
  [before, after]: Views,
): Promise<Attribution> {
  const { root, store } = context;
  const options = { targets: [], force: false, probe, versions: machineVersions() };
  const seen = await outlook(context, pipeline, options);
  const folder = join(storeFolder(root), 'scratch', `attribution-${process.pid}`);
  const places = { entry: distFile('worker.js'), folder: storeFolder(root), root };
  const executor = dispatch({
    bundle: workerExecutor({ ...places, workers: availableParallelism() }),
    command: commandExecutor(),
  });
  const interrupts = onInterrupts(() => undefined);
  const say = (step: string) => tell(`executing ${step} as no run did`);
  const steps = new Map(seen.allSteps().map((step) => [step.id, step]));
  try {
    const execute = executeIn({ root, store, folder, executor, signal: interrupts.stop, tell: say });
    return await attribute({ store, steps, before, after, pipeline, graph: seen.graph() }, claim, execute);
  } finally {
    interrupts.release();
    await executor.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function lines(found: Attribution, views: Views, style: Style): string[] {
  const { claim, before, after, effects, movedBy, reused, executed } = found;
  const [old, now] = views.map(({ run }) => run.id);
  const rows = effects.map((effect) => effectRow(effect, found, style));
  const names = listed(movedBy.map(({ name }) => style.strong(name)));
  const together = movedBy.length > 1 ? ', only together' : '';
  return [
    `${style.strong(claim)}: ${told(before)} → ${told(after)}`,
    style.dim(`  from run ${old} to run ${now}; ${counted(effects.length, 'change')} behind it`),
    '',
    ...aligned([['change', '', 'made alone', 'all but it'].map(style.dim), ...rows]),
    '',
    movedBy.length === 0 ? 'no change moved it' : `moved by ${names}${together}`,
    style.dim(`${counted(reused, 'result')} taken from the store, ${executed} executed for this`),
  ];
}

/** The value of after stands out where a change brings it about alone, or where it stays without the change. */
function effectRow(
  { change, alone, without }: Effect,
  { before, after }: Attribution,
  style: Style,
): string[] {
  const paint = (judgement: Judgement) => {
    const text = told(judgement);
    if (text === told(after)) return style.accent(text);
    return text === told(before) ? style.dim(text) : text;
  };
  return [change.name, style.dim(cut(changeText(change), 60)), paint(alone), paint(without)];
}

const changeText = ({ code, says }: Change) => (code.length === 0 ? says : listed(code.map(spellChange), 2));

const told = ({ found, status, because }: Judgement) =>
  found === undefined ? `${status} (${cut(because, 40)})` : `${found} ${status}`;
