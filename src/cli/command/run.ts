/** `colophon run`: brings targets up to date, publishes, compares with the lock, judges the claims. */
import { type RunFlags, standingCodes } from '../run-flags.ts';
import { worst } from '../exit.ts';
import { newRun } from '../new-run.ts';
import { wholeNumber } from '../numbers.ts';
import { tell } from '../output.ts';
import { type Settled, recallSettled } from '../settled.ts';
import { type Site, openSite } from '../site.ts';
import { claimsLine, countLine, lockLines } from '../summary.ts';
import { styleFor } from '../view/style.ts';

/**
 * Runs and reports; the exit code says how it went. Where nothing changed since a run that left all up to date, only
 * what is imported above is loaded: bundler, parser and executors are not.
 */
export async function runCommand(targets: readonly string[], flags: RunFlags): Promise<void> {
  if (flags.dryRun === true) return (await import('./plan.ts')).planCommand(targets, flags);
  const jobs = wholeNumber('--jobs', flags.jobs, 1);
  const site = openSite(flags);
  const wantsAll = flags.force === true || flags.json === true || flags.verbose === true;
  const settled = wantsAll ? undefined : recallSettled(site, flags, targets);
  if (settled !== undefined) return sayNothingToDo(site, settled, targets, flags);
  const { runToEnd } = await import('../running.ts');
  await runToEnd(site, targets, flags, jobs);
}

/** A run that finds everything as it was left: recorded like any other, said in a line. */
async function sayNothingToDo(
  site: Site,
  settled: Settled,
  targets: readonly string[],
  flags: RunFlags,
): Promise<void> {
  const { pipeline, profile, steps, judgements, differences, run } = settled;
  const start = newRun({ name: pipeline, profile }, targets, Date.now());
  const counts = { hits: steps, executed: 0, failed: 0, skipped: 0 };
  const { runs } = site.store;
  await runs.start(start);
  runs.append(start.id, [{ type: 'repeated', run }]);
  await runs.finish(start.id, 'complete', counts, Date.now());
  await site.store.close();
  const style = styleFor(process.stderr, process.env);
  const lines = [
    countLine(counts, 0, Date.now() - start.at, style),
    ...lockLines(differences, flags.locked === true, style),
    ...(judgements.length > 0 ? [claimsLine(judgements, style)] : []),
  ];
  if (flags.quiet !== true) tell(lines.join('\n'));
  process.exitCode = worst(standingCodes({ judgements, differences }, flags));
}
