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
import { type Node, nodeAt, type Path } from '../yaml/tree.ts';

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
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const map = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(map)
      .sort(byCodeUnit)
      .map((name) => [name, sorted(map[name])]),
  );
}

/** Fields whose entries have places of their own. */
const entered = new Set(['matrix', 'deps', 'params', 'outs', 'publish', 'env', 'environment', 'resources']);

function placesOf(context: Context, stage: StageText): Record<string, Place> {
  const places: Record<string, Place> = { '': placeIn(context, stage, []) };
  const note = (path: Path) => {
    places[path.join('.')] = placeIn(context, stage, path);
  };
  for (const [field, { node }] of nodeAt(context.source.root, ['stages', stage.name])?.fields ?? []) {
    note([field]);
    if (entered.has(field))
      for (const name of node.fields?.keys() ?? [])
        noteDeep([field, name], node.fields?.get(name)?.node, note);
  }
  for (const replaced of stage.replaced.keys()) note(replaced.split('.'));
  return Object.fromEntries(
    Object.keys(places)
      .sort(byCodeUnit)
      .map((name) => [name, places[name] as Place]),
  );
}

/** Params may be maps themselves, and what is wrong with one lies somewhere inside. */
function noteDeep(path: Path, node: Node | undefined, note: (path: Path) => void): void {
  note(path);
  if (path[0] !== 'params') return;
  for (const [name, field] of node?.fields ?? []) noteDeep([...path, name], field.node, note);
}
