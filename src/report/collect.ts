/** Gathers what a report shows from the plan and the store; reads, never writes. */
import { fillPath, stageOf } from '../model/case.ts';
import { needsOf } from '../engine/graph.ts';
import type { Outlook } from '../engine/outlook.ts';
import { publishedPlace } from '../engine/publish.ts';
import type { Digest } from '../base/digest.ts';
import { parseTable } from '../model/kind.ts';
import type { Pipeline, StageDeclaration } from '../model/pipeline.ts';
import type { Verdict } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import type { Store } from '../model/store.ts';
import type { ArtifactReference } from '../model/trace.ts';
import { type FindOuts, judgeClaims } from '../provenance/claims.ts';
import type { FindTrust } from '../provenance/trust.ts';
import { type BundleSource, bundleSource } from './bundle-source.ts';
import type { PublishedContent, PublishedFile, ReportData, ReportStage, ReportStep } from './data.ts';
import { embedFigure } from './figure.ts';

interface ReportSource {
  readonly pipeline: Pipeline;
  readonly store: Store;
  readonly seen: Outlook;
  readonly find: FindOuts;
  readonly trust: FindTrust;
}

/** The state of the pipeline as its file and the store stand now. */
export function collectReport(source: ReportSource): ReportData {
  const { pipeline, store, find } = source;
  const judgements = new Map(judgeClaims(pipeline, store, find).map((each) => [each.claim, each]));
  return {
    pipeline: pipeline.name,
    profile: pipeline.profile,
    run: store.runs.list(1)[0],
    claims: pipeline.claims.flatMap((declaration) => {
      const judgement = judgements.get(declaration.id);
      if (judgement === undefined) return [];
      const { step, found } = judgement;
      const isFound = step !== undefined && found !== undefined;
      return [{ declaration, judgement, trust: isFound ? source.trust(step) : undefined }];
    }),
    published: source.seen.allSteps().flatMap((step) => publishedBy(source, step)),
    stages: stagesOf(source),
  };
}

function publishedBy({ pipeline, store, find }: ReportSource, step: Step): PublishedFile[] {
  const known = find(step.id);
  return Object.entries(step.stage.publish).flatMap(([role, template]) => {
    const out = known?.outs[role];
    if (known === undefined || out === undefined) return [];
    const path = publishedPlace(pipeline, fillPath(template, step.case)).replaceAll('\\', '/');
    const { digest, size } = out;
    return [
      { path, step: step.id, role, digest, size, current: known.current, content: contentOf(store, out) },
    ];
  });
}

const longestText = 4000;

function contentOf(store: Store, { digest, extension, kind }: ArtifactReference): PublishedContent {
  if (!store.artifacts.has(digest) || kind.startsWith('folder/')) return { type: 'other' };
  const bytes = store.artifacts.read(digest);
  const figure = embedFigure(bytes, extension);
  if (figure !== undefined) return { type: 'figure', ...figure };
  const text = new TextDecoder().decode(bytes);
  if (extension === 'csv') return tableOf(text);
  return /^(?:json|txt|md|tex)$/.test(extension) && bytes.length <= longestText
    ? { type: 'text', text }
    : { type: 'other' };
}

/** A file that is called a table and is none is shown as what it is. */
function tableOf(text: string): PublishedContent {
  try {
    return { type: 'table', table: parseTable(text) };
  } catch {
    return text.length <= longestText ? { type: 'text', text } : { type: 'other' };
  }
}

/** Every stage in the order of the pipeline, with its steps and the newest execution of each. */
export function stagesOf(source: Omit<ReportSource, 'find'>): ReportStage[] {
  const { pipeline, seen } = source;
  const waiting = new Set(seen.waiting().map(({ stage }) => stage));
  const verdicts = new Map(seen.plan.steps.map(({ step, verdict }) => [step.id, verdict]));
  const groups = Map.groupBy(seen.allSteps(), ({ stage }) => stage.name);
  return pipeline.stages.map((stage) => {
    const members = groups.get(stage.name) ?? [];
    const steps = members.map((step) => ({
      ...reportStep(source.store, step, verdicts.get(step.id)),
      trust: source.trust(step.id),
    }));
    const { files, says } = sourceOf(source.store, stage, steps);
    return {
      name: stage.name,
      says,
      made: stage.computation.type === 'command' ? 'command' : stage.computation.file,
      needs: stagesNeeded(stage, members),
      code: files,
      steps,
      waiting: waiting.has(stage.name),
    };
  });
}

function reportStep(store: Store, { id }: Step, verdict: Verdict | undefined): ReportStep {
  if (verdict?.type === 'hit') return { id, state: 'current', trace: verdict.trace };
  const trace = store.traces.newest(id);
  return { id, state: trace === undefined ? 'new' : 'old', trace };
}

/** What the steps take, and for a stage without any yet what it declares. */
function stagesNeeded(stage: StageDeclaration, steps: readonly Step[]): string[] {
  const taken = steps.flatMap((step) => needsOf(step).map(stageOf));
  const declared = Object.values(stage.deps).flatMap((dep) => (dep.type === 'artifact' ? [dep.stage] : []));
  const items = Object.values(stage.matrix).flatMap((each) => (each.type === 'items' ? [each.stage] : []));
  return [...new Set([...taken, ...declared, ...items])];
}

function sourceOf(store: Store, stage: StageDeclaration, steps: readonly ReportStep[]): BundleSource {
  const { computation } = stage;
  if (computation.type === 'command') return { files: [], says: spellCommand(computation.argv) };
  const newest = steps.find(({ state }) => state === 'current') ?? steps.find(({ trace }) => trace);
  const map = newest?.trace?.seen['sourceMap'] as Digest | undefined;
  if (map === undefined || !store.artifacts.has(map)) return { files: [computation.file], says: '' };
  return bundleSource(new TextDecoder().decode(store.artifacts.read(map)), computation.file);
}

type Argv = Extract<StageDeclaration['computation'], { type: 'command' }>['argv'];

function spellCommand(argv: Argv): string {
  const spell = (part: Argv[number][number]) => {
    if (part.type === 'text') return part.text;
    const prefix = { dep: 'deps.', out: 'outs.', param: 'params.', variable: '' }[part.type];
    return `\${${prefix}${'role' in part ? part.role : part.name}}`;
  };
  return argv.map((argument) => argument.map(spell).join('')).join(' ');
}
