/** Reads one stage: its shaped text becomes a declaration. */
import { byCodeUnit } from '../../base/canonical.ts';
import type { Place } from '../../model/fault.ts';
import type { Json } from '../../model/json.ts';
import type { StageDeclaration } from '../../model/pipeline.ts';
import { readComputation } from './computation.ts';
import { type Context, placeIn, type StageText } from '../context.ts';
import { readDeps } from './deps.ts';
import { readMatrix } from './matrix.ts';
import { readOuts } from './outs.ts';
import { readPublish } from './publish.ts';
import { checkFields, readSettings } from './settings.ts';
import { type Node, nodeAt } from '../yaml/tree.ts';

/** The stage with what of it is right, or undefined where it has no computation; problems are noted. */
export function readStage(context: Context, stage: StageText): StageDeclaration | undefined {
  const computation = readComputation(context, stage);
  const { env = {}, environment = {}, params = {} } = stage.raw;
  if (computation !== undefined) checkFields(context, stage);
  const parts = {
    matrix: readMatrix(context, stage),
    deps: readDeps(context, stage),
    params: params as Record<string, Json>,
    publish: readPublish(context, stage),
    env,
    environment,
  };
  if (computation === undefined) return undefined;
  const declaration = {
    name: stage.name,
    computation,
    ...parts,
    outs: readOuts(context, stage, parts.deps),
    ...readSettings(context, stage),
  };
  return { ...(sorted(declaration) as typeof declaration), places: placesOf(context, stage) };
}

/** The same data with the names of all maps in order, so that their order in the file is seen nowhere. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.every(isScalar) ? value : value.map(sorted);
  if (isScalar(value)) return value;
  const map = value as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(map).sort(byCodeUnit)) result[name] = sorted(map[name]);
  return result;
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** Fields whose entries have places of their own. */
const entered = new Set(['matrix', 'deps', 'params', 'outs', 'publish', 'env', 'environment', 'resources']);

function placesOf(context: Context, stage: StageText): Record<string, Place> {
  const written: Record<string, Place> = { '': placeIn(context, stage, []) };
  const note = (name: string, node: Node) => {
    written[name] = context.source.placeAt(node.start);
  };
  for (const [field, { node }] of nodeAt(context.source.root, ['stages', stage.name])?.fields ?? []) {
    note(field, node);
    if (entered.has(field)) noteEntries(field, node, field === 'params', note);
  }
  for (const name of stage.replaced.keys()) written[name] = placeIn(context, stage, name.split('.'));
  const places: Record<string, Place> = {};
  for (const name of Object.keys(written).sort(byCodeUnit)) places[name] = written[name] as Place;
  return places;
}

/** Params may be maps themselves, and what is wrong with one lies somewhere inside. */
function noteEntries(
  path: string,
  node: Node,
  isDeep: boolean,
  note: (name: string, node: Node) => void,
): void {
  for (const [name, field] of node.fields ?? []) {
    note(`${path}.${name}`, field.node);
    if (isDeep) noteEntries(`${path}.${name}`, field.node, true, note);
  }
}
