/** Looks at the store: whether it is sound, what it holds, what lies about. */
import { byteSize, counted, listed, shortDigest } from '../../base/text.ts';
import { repairStore } from '../../../store/repair.ts';
import { type StoreReport, storeReport } from '../../../store/report.ts';
import { exits } from '../exit.ts';
import type { Check } from './check.ts';

/** What is found in the store's folder; with `repair`, after what can be mended has been. */
export async function storeChecks(folder: string, repair: boolean): Promise<Check[]> {
  const before = storeReport(folder);
  if (before.format === undefined && before.problems.length === 0)
    return [{ name: 'store', status: 'note', says: ['none yet; `colophon run` makes one'], exit: exits.ok }];
  if (!repair) return checksOf(before);
  const { forgotten, leases, reindexed, problems } = await repairStore(folder);
  const says = [
    forgotten.length > 0 ? `forgot ${counted(forgotten.length, 'lost artifact')}` : '',
    leases > 0 ? `took back ${counted(leases, 'lease')}` : '',
    reindexed ? 'made the indexes anew' : '',
    ...problems,
  ].filter((said) => said !== '');
  const repaired: Check = {
    name: 'repair',
    status: problems.length > 0 ? 'wrong' : 'fine',
    says: says.length === 0 ? ['nothing needed mending'] : says,
    exit: exits.store,
  };
  return [...checksOf(storeReport(folder)), repaired];
}

/** What a report of a store that is there means. */
function checksOf(report: StoreReport): Check[] {
  const { format, problems, counts, bytes, missing, orphans } = report;
  if (problems.length > 0) return [damaged(problems)];
  const held = [
    counted(counts.traces, 'trace'),
    `${counted(counts.artifacts, 'artifact')} (${byteSize(bytes.artifacts)})`,
    counted(counts.runs, 'run'),
  ];
  const checks: Check[] = [
    { name: 'store', status: 'fine', says: [`format ${format}: ${held.join(', ')}`], exit: exits.ok },
  ];
  if (missing.length > 0) checks.push(lost(missing));
  if (counts.conflicts > 0) checks.push(conflicted(counts.conflicts));
  const loose = bytes.incoming + bytes.quarantine;
  if (orphans.length > 0 || loose > 0)
    checks.push({
      name: 'leftovers',
      status: 'note',
      says: [`${counted(orphans.length, 'file')} that nothing names, ${byteSize(loose)} set aside`],
      hint: '`colophon gc` removes what is old enough',
      exit: exits.ok,
    });
  return checks;
}

function damaged(problems: readonly string[]): Check {
  const hint = '`colophon doctor --repair` mends what can be mended; else move .colophon away and run again';
  return { name: 'store', status: 'wrong', says: problems, hint, exit: exits.store };
}

function lost(missing: readonly Parameters<typeof shortDigest>[0][]): Check {
  const names = listed(missing.map(shortDigest), 4);
  return {
    name: 'artifacts',
    status: 'wrong',
    says: [`${counted(missing.length, 'file')} of artifacts gone or cut short: ${names}`],
    hint: '`colophon doctor --repair` forgets them, and `colophon run` makes them again',
    exit: exits.store,
  };
}

function conflicted(count: number): Check {
  const says = [`${counted(count, 'key')} with more than one result`];
  return { name: 'conflicts', status: 'note', says, hint: '`colophon resolve` lists them', exit: exits.ok };
}
