/** Finds the claims behind a value in a paper: `paper.tex:0.2974`, `paper.pdf:0.2974`. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { counted, listed } from '../base/text.ts';
import type { ClaimDeclaration, Judgement } from '../model/claim.ts';
import { Fault } from '../model/fault.ts';
import { claimUses, linesWith, printedValue } from '../provenance/latex.ts';
import { pdfTexts } from '../provenance/pdf-text.ts';
import { judgeValue } from '../provenance/relation.ts';

interface PaperValue {
  readonly paper: string;
  readonly value: string;
}

/** A path of a paper that is there, and what follows the colon; undefined for anything else. */
export function paperValue(what: string): PaperValue | undefined {
  const [, paper, value] = /^(.+\.(?:tex|pdf)):(.+)$/.exec(what) ?? [];
  if (paper === undefined || value === undefined || !existsSync(resolve(paper))) return undefined;
  return { paper, value: value.trim() };
}

interface Judged {
  readonly claim: ClaimDeclaration;
  readonly judgement: Judgement;
}

interface InPaper {
  /** Where the value stands: `paper.tex:12`, or the paper. */
  readonly at: string;
  /** Claims that have this value there, those that are named first. */
  readonly claims: readonly Judged[];
}

/** Where the value stands, with the claims it can be. Throws Fault `usage` where it does not stand in the paper. */
export function findInPaper({ paper, value }: PaperValue, all: readonly Judged[]): InPaper[] {
  const bytes = readFileSync(resolve(paper));
  const same = all.filter((each) => isValueOf(each, value));
  const found = paper.endsWith('.tex')
    ? inTex(paper, bytes.toString('utf8'), value, all, same)
    : inPdf(paper, bytes, value, same);
  if (found.length > 0) return found;
  const hint =
    same.length === 0
      ? ''
      : ` It is the value of ${listed(
          same.map(({ claim }) => claim.id),
          3,
        )}.`;
  throw new Fault('usage', `${value} does not stand in ${paper}.${hint}`);
}

/** As printed, in full, or in other digits that it rounds to. */
function isValueOf({ claim, judgement: { found, status } }: Judged, value: string): boolean {
  if (found === undefined) return false;
  if (value === found || value === printedValue(claim, found, status)) return true;
  const isNumber = /^-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(value);
  const relation = { type: 'rounds to', decimal: value } as const;
  return isNumber && judgeValue({ type: 'scalar', text: found }, relation).status === 'holds';
}

function inTex(
  paper: string,
  text: string,
  value: string,
  all: readonly Judged[],
  same: readonly Judged[],
): InPaper[] {
  const named = claimUses(text).flatMap(({ id, line, isFull }): InPaper[] => {
    const judged = all.find(({ claim }) => claim.id === id);
    if (judged === undefined || !isValueOf(judged, value)) return [];
    return [{ at: `${paper}:${line} \\claim${isFull ? '*' : ''}{${id}}`, claims: [judged] }];
  });
  const written = linesWith(text, value).map((line) => ({ at: `${paper}:${line}`, claims: same }));
  return [...named, ...written];
}

function inPdf(paper: string, bytes: Uint8Array, value: string, same: readonly Judged[]): InPaper[] {
  const texts = pdfTexts(bytes);
  if (texts.length === 0)
    throw new Fault('usage', `${paper} shows no text that can be read here; ask for ${value} by itself`);
  // A minus is a sign of its own in most fonts.
  const count = texts
    .map((text) => linesWith(text.replace(/[−–]/g, '-').replace(/%/g, ''), value).length)
    .reduce((sum, each) => sum + each, 0);
  return count === 0 ? [] : [{ at: `${paper} (${counted(count, 'place')})`, claims: same }];
}
