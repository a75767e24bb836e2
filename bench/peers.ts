/**
 * Times one layered graph of small command steps in Colophon and in the peers that are installed (make, snakemake,
 * turbo): cold, with nothing to do, and after one change; prints seconds and ratios to Colophon.
 * Usage: `node bench/peers.ts [steps…]`; a peer that is not on the path is named and left out. `TURBO` may name the
 * folder of turbo's executable.
 */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ageFiles, peers, type Peer } from './support/peers.ts';

/** The median of three: peers are compared in turns, so that a busy moment meets all of them alike. */
const rounds = 3;

/** Wall seconds of one invocation in `root`; throws with what it said if it fails. */
function time(root: string, [command, ...args]: readonly string[]): number {
  const began = process.hrtime.bigint();
  const result = spawnSync(command as string, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`${command} failed in ${root}: ${result.stdout}${result.stderr}`);
  return Number(process.hrtime.bigint() - began) / 1e9;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

interface Timings {
  readonly cold: number;
  readonly same: number;
  readonly one: number;
}

/** One project through its life: all steps, none, and those below one changed file. */
function live(peer: Peer, steps: number): Timings {
  const root = peer.write(steps);
  try {
    ageFiles(root);
    const cold = time(root, peer.command);
    spawnSync('sleep', ['2.5']);
    time(root, peer.command);
    const same = median(Array.from({ length: rounds }, () => time(root, peer.command)));
    writeFileSync(join(root, peer.changed(steps)), 'changed\n');
    return { cold, same, one: time(root, peer.command) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const sizes = process.argv.slice(2).map(Number);
const present = peers.filter((peer) => {
  const found = spawnSync('sh', ['-c', `command -v ${peer.command[0]}`]).status === 0;
  if (!found) console.log(`left out: ${peer.name} (no ${peer.command[0]})`);
  return found;
});

console.log('steps  tool           cold      same       one     ratios to colophon');
for (const steps of sizes.length > 0 ? sizes : [100, 1000]) {
  const timings = new Map(present.map((peer) => [peer.name, live(peer, steps)]));
  const ours = timings.get('colophon') as Timings;
  for (const [name, { cold, same, one }] of timings) {
    const times = [cold, same, one].map((value) => `${value.toFixed(2)} s`.padStart(9));
    const ratios = [cold / ours.cold, same / ours.same, one / ours.one].map((ratio) => ratio.toFixed(1));
    console.log(String(steps).padStart(5), '', name.padEnd(10), ...times, '   ', ratios.join('  '));
  }
}
