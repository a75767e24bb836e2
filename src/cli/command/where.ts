/** `colophon where`: from a published file, a value or a claim back to the code, params and sources behind it. */
import { counted, shortDigest } from '../../base/text.ts';
import { lineageOf } from '../../provenance/lineage.ts';
import { traceFinder } from '../../provenance/standing.ts';
import { type LineageStyle, lineageLines } from '../lineage-lines.ts';
import type { Origin } from '../origin.ts';
import { originsOf } from '../origins.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { type Reading, withPlan } from '../reading.ts';
import type { ProjectFlags } from '../site.ts';

export interface WhereFlags extends ProjectFlags {
  readonly verbose?: boolean;
  readonly json?: boolean;
}

export async function whereCommand(what: string, flags: WhereFlags): Promise<void> {
  await withPlan(flags, [], (reading) => {
    const origins = originsOf(reading, what);
    if (flags.json) return printJson(origins.map((origin) => dataOf(reading, origin)));
    const view = { style: stdoutStyle(), verbose: flags.verbose ?? false };
    const shown = origins.slice(0, mostShown);
    const lines = shown.flatMap((origin, i) => [
      ...(i > 0 ? [''] : []),
      ...originLines(reading, origin, view),
    ]);
    const more = origins.length - shown.length;
    print(more === 0 ? lines : [...lines, '', `and in ${counted(more, 'more artifact')}; give more digits`]);
  });
}

const mostShown = 4;
const mostCells = 5;

const lineage = (reading: Reading, { trace, cells, about, name }: Origin) => {
  const find = traceFinder(reading);
  const isCurrent = ({ step, key }: Origin['trace']) => {
    const found = find(step);
    return found?.current === true && found.trace.key === key;
  };
  const { store } = reading.context;
  const asked = { row: cells?.[0]?.row ?? about, name: cells?.[0]?.name ?? name };
  return lineageOf({ store, steps: reading.seen.allSteps(), isCurrent }, trace, asked);
};

function dataOf(reading: Reading, origin: Origin): object {
  const { says, trace, role, cells } = origin;
  const artifact = role === undefined ? undefined : { role, ...trace.outs[role] };
  return { says, step: trace.step, artifact, cells, lineage: lineage(reading, origin) };
}

function originLines(reading: Reading, origin: Origin, view: LineageStyle): string[] {
  const { says, trace, role, cells = [] } = origin;
  const { style } = view;
  const digest = role === undefined ? undefined : trace.outs[role]?.digest;
  const width = Math.max(0, ...cells.slice(0, mostCells).map(({ text }) => text.length));
  const more = cells.length - mostCells;
  return [
    `${style.strong(says)}${digest === undefined ? '' : `  ${style.dim(shortDigest(digest))}`}`,
    ...cells.slice(0, mostCells).map(({ text, place }) => `  ${text.padEnd(width)}  ${style.dim(place)}`),
    ...(more > 0 ? [style.dim(`  and ${counted(more, 'more place')}`)] : []),
    ...lineageLines(lineage(reading, origin), view),
  ];
}
