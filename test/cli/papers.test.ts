/** Claims in a paper: values for LaTeX, and the way from a number in the paper back to the claim. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { linesWith } from '../../src/provenance/latex.ts';
import { pdfTexts } from '../../src/provenance/pdf-text.ts';
import { paper } from '../report/support/paper.ts';
import { type Project, ranProject } from './support/project.ts';

let project: Project;
afterEach(() => project.remove());

async function ran(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  project = await ranProject({ ...paper, ...files });
  return project;
}

describe('claims --latex', () => {
  test('writes values and the package beside them', async () => {
    const { colophon, read, root } = await ran();
    const { code, stderr } = await colophon('claims', '--latex', 'paper/claims.tex');
    expect(stderr).toContain('\\usepackage{colophon} \\colophonvalues{claims}');
    expect(read('paper/claims.tex')).toMatch(
      /^\\colophonclaim\{mean-is-small\}\{0\.\d{1,4}\}\{0\.\d{5,}\}\{holds\}$/m,
    );
    expect(read('paper/claims.tex')).toContain('\\colophonclaim{three-rows}{4}{4}{holds}');
    expect(read('paper/claims.tex')).toContain('\\colophonclaim{no-such-row}{??}{??}{broken}');
    expect(existsSync(`${root}/paper/colophon.sty`)).toBe(true);
    // The claims that fail are still told.
    expect(code).toBe(1);
  });
});

/** LaTeX is no dependency of the tests: where it is not installed, what it makes of the package is not looked at. */
const hasLatex = spawnSync('pdflatex', ['--version']).status === 0;

describe.skipIf(!hasLatex)('a paper that LaTeX sets', () => {
  test('shows claims in text, formulas, headings and floats, and leads back to them', async () => {
    const { colophon, root, write } = await ran();
    await colophon('claims', '--latex', 'claims.tex');
    const values = readFileSync(`${root}/claims.tex`, 'utf8');
    write({
      'claims.tex': `${values}\\colophonclaim{slope}{\\ensuremath{-0.2207}}{\\ensuremath{-0.22069}}{holds}\n`,
      'paper.tex': String.raw`\documentclass{article}\usepackage{colophon}\colophonvalues{claims}\begin{document}
\section{The mean is \claim{mean-is-small}} It is \claim*{mean-is-small}; the slope $\claim{slope}$ is not \claim{no-such-row}.
\[ \claim{no-such-row} \] \begin{table}\caption{\claim{no-such-row}}\claim{three-rows}\end{table}\footnote{\claim{no-such-row}}
\end{document}`,
    });
    const set = spawnSync('pdflatex', ['-interaction=nonstopmode', 'paper.tex'], { cwd: root });
    const log = set.stdout.toString();
    expect(log).not.toMatch(/^!/m);
    expect(log).toContain('Package colophon Warning: claim no-such-row: broken');
    const texts = pdfTexts(readFileSync(`${root}/paper.pdf`));
    expect(texts.some((text) => linesWith(text, '−0.2207').length > 0)).toBe(true);
    const { stdout } = await colophon('where', `paper.pdf:${await value(colophon)}`);
    expect(stdout).toContain('paper.pdf (1 place): claim mean-is-small');
  });
});

const value = async (colophon: Project['colophon']) => {
  const { stdout } = await colophon('claims', 'mean-is-small', '--json');
  return (JSON.parse(stdout) as { found: string }[])[0]?.found as string;
};

describe('where in a paper', () => {
  test('a value that is read from a claim is that claim, with the line', async () => {
    const { colophon } = await ran({ 'paper.tex': 'The mean is\n\\claim{mean-is-small}.\n' });
    const { code, stdout } = await colophon('where', `paper.tex:${await value(colophon)}`);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'paper.tex:2 \\claim{mean-is-small}: claim mean-is-small: summary.table[k=1].mean',
    );
    expect(stdout).toMatch(/run +stages\/summary\.ts:10/);
  });

  test('a value that is written out leads to the claim that has it, rounded as it is written', async () => {
    const { colophon, write } = await ran();
    const short = Number(await value(colophon)).toFixed(3);
    write({ 'paper.tex': `% ${short}\nThe mean is $${short}$.\n` });
    const { stdout } = await colophon('where', `paper.tex:${short}`);
    expect(stdout).toContain('paper.tex:2: claim mean-is-small');
    expect(stdout).not.toContain('paper.tex:1');
  });

  test('a value of no claim leads to the table that holds it', async () => {
    const { colophon, read, write } = await ran();
    const cell = read('results/means.csv').split('\n')[3]?.split(',')[2] as string;
    write({ 'paper.tex': `The third is ${cell}.\n` });
    const { stdout } = await colophon('where', `paper.tex:${cell}`);
    expect(stdout).toContain(`paper.tex:1: ${cell} in results/means.csv`);
    expect(stdout).toContain('row 3');
  });

  test('a value in a PDF leads to its claim', async () => {
    const { colophon, write } = await ran();
    const short = Number(await value(colophon)).toFixed(3);
    write({
      'paper.pdf': `%PDF-1.4\n1 0 obj\n<< /Length 99 >>\nstream\nBT [(The mean is)-300(0.)-20(${short.slice(2)})] TJ ET\nendstream\nendobj\n`,
    });
    const { code, stdout } = await colophon('where', `paper.pdf:${short}`);
    expect(stdout).toContain('paper.pdf (1 place): claim mean-is-small');
    expect(code).toBe(0);
  });

  test('a value that does not stand there is told so, with the claim that has it', async () => {
    const { colophon } = await ran({ 'paper.tex': 'Nothing.\n' });
    const { code, stderr } = await colophon('where', 'paper.tex:4');
    expect(code).toBe(2);
    expect(stderr).toContain('4 does not stand in paper.tex. It is the value of three-rows');
  });
});

describe('where of a published folder', () => {
  test('a file inside of it leads to the step that made the folder', async () => {
    const { colophon } = await ran({
      'pipeline.yaml':
        'pipeline: one\nstages:\n  pages:\n    cmd: [sh, -c, "mkdir out; echo a > out/a.txt; echo b > out/b.txt"]\n    outs: { pages: { path: out, folder: true } }\n    publish: { pages: site }\n',
    });
    const { code, stdout } = await colophon('where', 'site/b.txt');
    expect(code).toBe(0);
    expect(stdout).toContain('site/b.txt  pages.pages');
    expect(stdout).toContain('mkdir out');
  });
});
