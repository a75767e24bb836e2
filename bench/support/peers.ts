/** Writes one layered graph of command steps for each tool that is compared: every step joins one to three files. */
import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../src/base/digest.ts';
import { randomStream } from '../../src/base/random.ts';

export interface Peer {
  readonly name: string;
  readonly command: readonly string[];
  /** Makes a folder with a project of `steps` steps; returns its path. */
  readonly write: (steps: number) => string;
  /** A file that one step in the middle reads, relative to the project. */
  readonly changed: (steps: number) => string;
}

const launcher = join(import.meta.dirname, '../../dist/colophon.js');

/** The indices of the steps that step `i` reads, from a graph of layers drawn at random. */
function layered(steps: number): number[][] {
  const stream = randomStream(digestOf(`peers ${steps}`));
  const width = Math.ceil(Math.sqrt(steps));
  return Array.from({ length: steps }, (_, i) => {
    const layer = Math.floor(i / width);
    if (layer === 0) return [];
    const picks = Array.from({ length: 3 }, () => (layer - 1) * width + Math.floor(stream.uniform() * width));
    return [...new Set(picks)].toSorted((a, b) => a - b);
  });
}

/** A new folder with the source file that each step reads. */
function folder(tool: string, steps: number): string {
  const root = mkdtempSync(join(tmpdir(), `colophon-peers-${tool}-`));
  mkdirSync(join(root, 'src'));
  for (let i = 0; i < steps; i++) writeFileSync(join(root, `src/${i}.txt`), `${i}\n`);
  return root;
}

/** Lets files look ten seconds old: some tools, ours too, do not trust the time of a file written just now. */
export function ageFiles(root: string): void {
  const past = Date.now() / 1000 - 10;
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), past, past);
}

const middle = (steps: number) => `src/${steps >> 1}.txt`;

function writeOurs(steps: number): string {
  const root = folder('ours', steps);
  const stages = layered(steps).map((needs, i) => {
    const deps = [`own: src/${i}.txt`, ...needs.map((need, j) => `d${j}: s${need}.out`)].join(', ');
    const inputs = ['own', ...needs.map((_, j) => `d${j}`)].map((role) => `$\{deps.${role}}`).join(' ');
    return `  s${i}:\n    cmd: [sh, -c, "cat ${inputs} | cksum > $\{outs.out}"]\n    deps: { ${deps} }\n    outs: { out: out.txt }\n`;
  });
  writeFileSync(join(root, 'pipeline.yaml'), `pipeline: peers\nseed: 1\nstages:\n${stages.join('')}`);
  return root;
}

function writeMake(steps: number): string {
  const root = folder('make', steps);
  const rules = layered(steps).map((needs, i) => {
    const inputs = [`src/${i}.txt`, ...needs.map((need) => `out/${need}.txt`)].join(' ');
    return `out/${i}.txt: ${inputs}\n\tcat ${inputs} | cksum > $@\n`;
  });
  const all = Array.from({ length: steps }, (_, i) => `out/${i}.txt`).join(' ');
  mkdirSync(join(root, 'out'));
  writeFileSync(join(root, 'Makefile'), `all: ${all}\n${rules.join('')}`);
  return root;
}

function writeSnakemake(steps: number): string {
  const root = folder('snakemake', steps);
  const rules = layered(steps).map((needs, i) => {
    const inputs = [`"src/${i}.txt"`, ...needs.map((need) => `"out/${need}.txt"`)].join(', ');
    return `rule s${i}:\n    input: ${inputs}\n    output: "out/${i}.txt"\n    shell: "cat {input} | cksum > {output}"\n`;
  });
  const all = `rule all:\n    input: [f"out/{i}.txt" for i in range(${steps})]\n`;
  writeFileSync(join(root, 'Snakefile'), all + rules.join(''));
  return root;
}

function writeTurbo(steps: number): string {
  const root = folder('turbo', steps);
  const json = (path: string, value: unknown) => writeFileSync(join(root, path), JSON.stringify(value));
  json('package.json', { name: 'peers', packageManager: 'npm@11.0.0', workspaces: ['packages/*'] });
  json('turbo.json', { tasks: { build: { dependsOn: ['^build'], outputs: ['out.txt'] } } });
  const packages: Record<string, unknown> = {
    '': { name: 'peers', workspaces: ['packages/*'] },
  };
  layered(steps).forEach((needs, i) => {
    mkdirSync(join(root, `packages/p${i}`), { recursive: true });
    const inputs = ['src.txt', ...needs.map((need) => `../p${need}/out.txt`)].join(' ');
    const dependencies = Object.fromEntries(needs.map((need) => [`p${need}`, '1.0.0']));
    const manifest = { name: `p${i}`, version: '1.0.0', dependencies };
    json(`packages/p${i}/package.json`, {
      ...manifest,
      scripts: { build: `cat ${inputs} | cksum > out.txt` },
    });
    writeFileSync(join(root, `packages/p${i}/src.txt`), `${i}\n`);
    packages[`packages/p${i}`] = manifest;
    packages[`node_modules/p${i}`] = { resolved: `packages/p${i}`, link: true };
  });
  json('package-lock.json', { name: 'peers', lockfileVersion: 3, requires: true, packages });
  return root;
}

const turbo = process.env.TURBO === undefined ? 'turbo' : join(process.env.TURBO, 'turbo');

export const peers: readonly Peer[] = [
  {
    name: 'colophon',
    command: [process.execPath, launcher, 'run', '-q', '-j', '2'],
    write: writeOurs,
    changed: middle,
  },
  { name: 'make', command: ['make', '-s', '-j2'], write: writeMake, changed: middle },
  { name: 'snakemake', command: ['snakemake', '-q', '-j2'], write: writeSnakemake, changed: middle },
  {
    name: 'turbo',
    command: [turbo, 'run', 'build', '--concurrency=2', '--output-logs=none', '--no-daemon'],
    write: writeTurbo,
    changed: (steps) => `packages/p${steps >> 1}/src.txt`,
  },
];
