/** From a project to a bundle and on to another machine: what a person types, reads, and gets wrong. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { takeApart } from '../provenance/support/forgery.ts';
import { workshop } from '../provenance/support/workshop.ts';
import { paper } from '../report/support/paper.ts';
import { type Ended, type Project, newProject, ranProject } from './support/project.ts';

/** Without its claims that fail: a paper that a person would hand on. */
const sound = {
  ...paper,
  'pipeline.yaml': (paper['pipeline.yaml'] as string).replace(/ {2}mean-is-large:[\s\S]*$/, ''),
};

const projects: Project[] = [];
function project(files: Readonly<Record<string, string>>): Project {
  const made = newProject(files);
  projects.push(made);
  return made;
}
/** Run as it is. */
async function ran(files: Readonly<Record<string, string>>): Promise<Project> {
  const made = await ranProject(files);
  projects.push(made);
  return made;
}
afterEach(() => {
  for (const each of projects.splice(0)) each.remove();
});

/** An empty folder of somebody who never saw the project. */
interface Elsewhere {
  readonly verify: (...args: readonly string[]) => Promise<Ended>;
  readonly names: () => readonly string[];
  readonly path: string;
}
function elsewhere(from: string, bundle: string): Elsewhere {
  const empty = project({});
  copyFileSync(join(from, bundle), join(empty.root, bundle));
  return {
    verify: (...args) => empty.colophon('verify', bundle, ...args),
    names: () => readdirSync(empty.root),
    path: join(empty.root, bundle),
  };
}

const bytesOf = (root: string, name: string) => Uint8Array.from(readFileSync(join(root, name)));

describe('an exported bundle', () => {
  let paperProject: Project;
  beforeAll(async () => {
    paperProject = await ranProject(sound);
    await paperProject.colophon('keygen');
  });
  afterAll(() => paperProject.remove());

  test('verifies in an empty folder, executes every step again, and leaves nothing there', async () => {
    const { code, stdout } = await paperProject.colophon('export', '--key', 'colophon.key');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^wrote small-paper\.zip \([\d.]+ KB\) in .*: 6 steps, 2 claims, \d+ files/);
    expect(stdout).toContain('colophon verify small-paper.zip --key colophon.key.pub');
    const there = elsewhere(paperProject.root, 'small-paper.zip');
    const fingerprint = /ed25519:[0-9a-f]{64}/.exec(stdout)?.[0] as string;
    const verified = await there.verify('--key', fingerprint, '--execute', 'all');
    expect(verified.stdout).toContain(`signed by the key you trust, ${fingerprint}`);
    expect(verified.stdout).toContain('claims: 2 hold');
    expect(verified.stdout).toContain('6 of 6 executions repeated from the bundle alone: 6 byte for byte');
    expect(verified.code).toBe(0);
    expect(there.names()).toEqual(['small-paper.zip']);
  });

  test('has the same bytes when it is exported again, to another place', async () => {
    await paperProject.colophon('export', '-o', 'one.zip', '--key', 'colophon.key');
    await paperProject.colophon('export', '-o', 'deep/down/two.zip', '--key', 'colophon.key');
    expect(bytesOf(paperProject.root, 'deep/down/two.zip')).toEqual(bytesOf(paperProject.root, 'one.zip'));
  });

  test('lets no program of a stranger run, unless it is told to', async () => {
    await paperProject.colophon('export', '-o', 'plain.zip');
    const there = elsewhere(paperProject.root, 'plain.zip');
    const careful = await there.verify();
    expect(careful.stdout).toContain('not signed: it is whole, but anyone may have made it');
    expect(careful.stdout).toContain('5 of 6 executions repeated');
    expect(careful.stdout).toContain('held back: listing, a program that could do anything here');
    expect(careful.code).toBe(0);
    expect((await there.verify('--programs')).stdout).toContain('6 of 6 executions repeated');
  });

  test('can be verified without executing anything', async () => {
    await paperProject.colophon('export', '-o', 'plain.zip');
    const { code, stdout } = await elsewhere(paperProject.root, 'plain.zip').verify('--execute', 'none');
    expect(stdout).toContain('none of 6 executions was repeated');
    expect(stdout).toContain('5 executions not tried; --execute all repeats every one');
    expect(code).toBe(0);
  });

  test('holds only what the targets reach', async () => {
    await paperProject.colophon('export', 'sample@k=2', '-o', 'part.zip');
    const { stdout, code } = await elsewhere(paperProject.root, 'part.zip').verify('--json');
    const {
      counts,
      claims,
      sound: isSound,
    } = JSON.parse(stdout) as {
      counts: { traces: number; artifacts: number };
      claims: unknown[];
      sound: boolean;
    };
    expect([isSound, code]).toEqual([true, 0]);
    expect(counts).toMatchObject({ traces: 1, artifacts: 1 });
    expect(claims).toEqual([]);
    expect([...takeApart(bytesOf(paperProject.root, 'part.zip')).keys()]).not.toContain('report.html');
  });

  test('tells programs what it found, too', async () => {
    const written = await paperProject.colophon('export', '-o', 'plain.zip', '--json');
    expect(JSON.parse(written.stdout)).toMatchObject({ steps: 6, claims: 2, signer: null });
    const { stdout } = await elsewhere(paperProject.root, 'plain.zip').verify('--json');
    expect(JSON.parse(stdout)).toMatchObject({
      sound: true,
      findings: [],
      signer: { type: 'nobody' },
      held: ['listing'],
      left: [],
    });
  });

  test('whose bytes were changed is refused with the file named, and nothing of it runs', async () => {
    await paperProject.colophon('export', '-o', 'plain.zip');
    const there = elsewhere(paperProject.root, 'plain.zip');
    const bytes = bytesOf(paperProject.root, 'plain.zip');
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] as number) ^ 4;
    writeFileSync(there.path, bytes);
    const { code, stdout } = await there.verify('--programs');
    expect(code).toBe(3);
    expect(stdout).toContain('✗ the bundle: its bytes have the digest');
    expect(stdout).toMatch(/plain\.zip does not verify: \d+ things? wrong; nothing in it was executed/);
  });

  test('by somebody else than is expected is refused', async () => {
    await paperProject.colophon('export', '-o', 'signed.zip', '--key', 'colophon.key');
    const there = elsewhere(paperProject.root, 'signed.zip');
    const { code, stdout } = await there.verify('--key', `ed25519:${'0'.repeat(64)}`);
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /it is signed by ed25519:[0-9a-f]{64}, expected ed25519:0{64}: somebody else made it/,
    );
  });

  test('says who is to be cited: from CITATION.cff, or that nobody is named', async () => {
    const none = await paperProject.colophon('export', '-o', 'plain.zip');
    expect(none.stdout).toContain('it names no authors: put a CITATION.cff beside pipeline.yaml');
    const cff = `cff-version: 1.2.0
message: cite me
title: On small papers
license: CC-BY-4.0
doi: 10.1000/182
authors:
  - { family-names: Lovelace, given-names: Ada, orcid: "https://orcid.org/0000-0002-1825-0097" }
  - { name: The Analytical Society }
`;
    writeFileSync(join(paperProject.root, 'cite.cff'), cff);
    const { stdout } = await paperProject.colophon('export', '-o', 'plain.zip', '--citation', 'cite.cff');
    expect(stdout).not.toContain('names no authors');
    const texts = takeApart(bytesOf(paperProject.root, 'plain.zip'));
    expect(texts.get('CITATION.cff')).toBe(cff);
    expect(texts.get('codecheck.yml')).toContain(
      '- name: "Ada Lovelace"\n      ORCID: "0000-0002-1825-0097"',
    );
    const { '@graph': graph } = JSON.parse(texts.get('ro-crate-metadata.json') as string) as {
      '@graph': { '@id': string }[];
    };
    const entity = (id: string) => graph.find((each) => each['@id'] === id);
    expect(entity('https://orcid.org/0000-0002-1825-0097')).toMatchObject({ name: 'Ada Lovelace' });
    expect(entity('./')).toMatchObject({
      name: 'On small papers',
      license: { '@id': 'https://spdx.org/licenses/CC-BY-4.0' },
      identifier: 'https://doi.org/10.1000/182',
    });
  });
});

describe('an export', () => {
  test('of what is not up to date is refused, and says what to do', async () => {
    const { colophon, root } = project(sound);
    const { code, stderr } = await colophon('export');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /summary and 2 more are not up to date, and a bundle tells only what is; `colophon run` first/,
    );
    expect(existsSync(join(root, 'small-paper.zip'))).toBe(false);
  });

  test('of one target does not mind stages whose steps are not known yet, unless it asks for them', async () => {
    const { colophon, root } = project(workshop);
    await colophon('run', '-q', 'heavy');
    expect((await colophon('export', 'heavy')).code).toBe(0);
    expect([...takeApart(bytesOf(root, 'workshop.zip')).keys()]).toContain('cwl/heavy.cwl');
    const { code, stderr } = await colophon('export', 'inspect');
    expect(code).toBe(2);
    expect(stderr).toContain('measure and inspect are not up to date');
  });

  test('never overwrites a file that is no bundle', async () => {
    const { colophon, write, read } = await ran(sound);
    write({ 'small-paper.zip': 'my holiday pictures' });
    const { code, stderr } = await colophon('export');
    expect(code).toBe(2);
    expect(stderr).toContain('small-paper.zip is there already and is no bundle, so it is left alone');
    expect(read('small-paper.zip')).toBe('my holiday pictures');
  });

  test('of damaged artifacts is refused with exit code 4', async () => {
    const { colophon, tamper } = await ran(sound);
    tamper((store) => {
      const blob = store
        .prepare(
          'SELECT id, bytes FROM blob JOIN artifact USING (id) JOIN trace_out ON artifact = id WHERE trace = 1',
        )
        .get() as { id: number; bytes: Buffer };
      blob.bytes[1] = (blob.bytes[1] as number) ^ 1;
      store.prepare('UPDATE blob SET bytes = ? WHERE id = ?').run(blob.bytes, blob.id);
    });
    const { code, stderr } = await colophon('export');
    expect(code).toBe(4);
    expect(stderr).toMatch(/artifact [0-9a-f]{12} is damaged: its bytes are not what its name says/);
  });

  test('says what is wrong with a key', async () => {
    const { colophon, write, root } = await ran(sound);
    await colophon('keygen');
    const told = async (key: string) => {
      const { code, stderr } = await colophon('export', '--key', key);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await told('lost.key')).toContain('there is no key lost.key; `colophon keygen` makes a pair');
    expect(await told('colophon.key.pub')).toContain(
      'colophon.key.pub is a public key; signing needs the private one that was made with it (colophon.key)',
    );
    write({ 'notes.txt': 'hello' });
    expect(await told('notes.txt')).toContain('notes.txt is no key in PEM form');
    chmodSync(join(root, 'colophon.key'), 0o644);
    const { code, stderr } = await colophon('export', '--key', 'colophon.key');
    expect(code).toBe(0);
    expect(stderr).toContain('others on this machine can read colophon.key; `chmod 600 colophon.key`');
  });

  test('with a signature raises what is signed to attested, once it was reproduced', async () => {
    const { colophon } = await ran(sound);
    await colophon('keygen');
    await colophon('export', '--key', 'colophon.key');
    await colophon('audit');
    expect((await colophon('show', 'sample@k=1')).stdout).toContain('attested');
  });
});

describe('a key', () => {
  test('is for its owner alone, is never overwritten, and is told by its fingerprint', async () => {
    const { colophon, root, read } = project({});
    const { code, stdout } = await colophon('keygen', '-o', 'mine.key');
    expect(code).toBe(0);
    expect(stdout).toMatch(/made mine\.key: keep it to yourself/);
    expect(stdout).toMatch(/ed25519:[0-9a-f]{64}/);
    expect(stdout).toContain('colophon export --key mine.key');
    expect(statSync(join(root, 'mine.key')).mode & 0o777).toBe(0o600);
    const before = read('mine.key');
    const again = await colophon('keygen', '-o', 'mine.key');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('mine.key is there already, and a key is never overwritten');
    expect(read('mine.key')).toBe(before);
  });

  test('in a repository comes with the advice to keep it out', async () => {
    const { colophon } = project({ '.git/HEAD': 'ref: refs/heads/main\n' });
    expect((await colophon('keygen')).stdout).toContain('echo "colophon.key" >> .gitignore');
  });
});

describe('a verification', () => {
  test('of what is no bundle says so, with exit code 2', async () => {
    const { colophon, root } = project({ 'pipeline.yaml': 'pipeline: small\n' });
    const told = await colophon('verify', 'pipeline.yaml');
    expect(told.code).toBe(2);
    expect(told.stdout).toContain('it is no zip file: it begins with "pipeline"');
    expect((await colophon('verify', 'nothing.zip')).stderr).toContain('there is no file nothing.zip');
    expect((await colophon('verify', root)).stderr).toContain('is no file; give the zip itself');
    const { code, stderr } = await colophon('verify');
    expect(code).toBe(2);
    expect(stderr).toContain('bundle');
  });

  test('of a bundle that was cut off says so, with exit code 3', async () => {
    const { colophon, root } = await ran(sound);
    await colophon('export');
    writeFileSync(join(root, 'half.zip'), bytesOf(root, 'small-paper.zip').subarray(0, 9000));
    const { code, stdout } = await colophon('verify', 'half.zip');
    expect(code).toBe(3);
    expect(stdout).toContain(
      'it ends after 9000 bytes, before the directory that a zip file ends with: it was cut off',
    );
  });

  test('takes no time that is none, and no fingerprint that is none', async () => {
    const { colophon } = project({ 'a.zip': '' });
    expect((await colophon('verify', 'a.zip', '--execute', 'some')).stderr).toContain(
      '--execute takes all, none, or a time such as 90s, 5m or 1h, found "some"',
    );
    expect((await colophon('verify', 'a.zip', '--key', 'ed25519:abc')).stderr).toContain(
      'expected ed25519: and 64 hexadecimal digits',
    );
  });

  test('of claims that fail passes as a bundle, and ends with exit code 1', async () => {
    const { colophon } = await ran(paper);
    await colophon('export');
    const { code, stdout } = await colophon('verify', 'small-paper.zip');
    expect(stdout).toContain('✗ claims: 2 hold, 1 fails, 1 broken');
    expect(stdout).toContain('every byte as listed');
    expect(code).toBe(1);
  });
});

describe('a step that is executed again elsewhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-tool-'));
  const tool = join(folder, 'tool');
  afterAll(() => rmSync(folder, { recursive: true }));
  const command = (line: string, more = '') => ({
    'pipeline.yaml': `pipeline: one\nstages:\n  only:\n    cmd: [sh, -c, "{ ${line}; } > out.csv"]\n    outs: { table: out.csv }\n${more}`,
  });
  async function exportedFrom(files: Readonly<Record<string, string>>): Promise<Elsewhere> {
    const { colophon, root } = await ran(files);
    await colophon('export');
    return elsewhere(root, 'one.zip');
  }

  test('and gives other bytes is named with the first difference, exit code 3', async () => {
    const there = await exportedFrom(
      command("printf 'k,draw\\\\n1,'; od -An -N8 -tu8 /dev/urandom | tr -d ' '"),
    );
    const { code, stdout } = await there.verify('--programs');
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /✗ only, table: row 1, column draw: \S+ → \S+\n +recorded [0-9a-f]{12}, now [0-9a-f]{12}/,
    );
    expect(stdout).toContain(
      '1 of 1 execution repeated from the bundle alone: 0 byte for byte, 1 differently',
    );
  });

  test('and cannot be executed is named with the reason, exit code 1', async () => {
    writeFileSync(tool, 'echo version 1\n');
    const there = await exportedFrom(command(`sh ${tool}`));
    rmSync(tool);
    const { code, stdout } = await there.verify('--programs');
    expect(code).toBe(1);
    expect(stdout).toContain('✗ only failed:');
  });

  test('by another tool than the recorded one is told as such: no contradiction, but no confirmation', async () => {
    writeFileSync(tool, 'echo version 1\n');
    const there = await exportedFrom(command(`sh ${tool}`, `    environment: { tool: [sh, ${tool}] }\n`));
    writeFileSync(tool, 'echo version 2\n');
    const { code, stdout } = await there.verify('--programs');
    expect(stdout).toContain('! only not comparable here: tool was version 1, here it is version 2');
    expect(stdout).toContain('0 byte for byte, 1 in another environment, otherwise');
    expect(code).toBe(0);
  });
});
