/** The values of claims for a LaTeX paper: a file of definitions, and the package that reads them by `\claim{id}`. */
import { parseDecimal, roundedText } from '../base/decimal.ts';
import type { ClaimDeclaration, ClaimStatus, Judgement, Relation } from '../model/claim.ts';
import { texText } from './tex-text.ts';

/** What a paper would print for a claim's value: as many digits as the claim speaks of. */
export function printedValue(
  { relation }: Pick<ClaimDeclaration, 'relation'>,
  found: string,
  status: ClaimStatus,
): string {
  if (relation.type === 'rounds to' && status === 'holds') return relation.decimal;
  const [decimal, value] = [parseDecimal(found), Number(found)];
  if (decimal === undefined || !Number.isFinite(value)) return found;
  const places = placesOf(relation);
  if (places !== undefined) return roundedText(decimal, places);
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}

/** Decimal places that a relation names. */
function placesOf(relation: Relation): number | undefined {
  if (relation.type === 'rounds to') return decimalPlaces(relation.decimal);
  return relation.type === 'within' ? decimalPlaces(relation.center) : undefined;
}

function decimalPlaces(decimal: string): number | undefined {
  return /e/i.test(decimal) ? undefined : (decimal.split('.')[1]?.length ?? 0);
}

/** One line a claim: id, printed value, value in full, status. */
export function latexValues(claims: readonly ClaimDeclaration[], judgements: readonly Judgement[]): string {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const lines = judgements.flatMap(({ claim: id, status, found }) => {
    const claim = byId.get(id);
    if (claim === undefined) return [];
    const values = found === undefined ? ['??', '??'] : [printedValue(claim, found, status), found];
    return [`\\colophonclaim{${id}}{${values.map(texText).join('}{')}}{${status}}`];
  });
  return [
    '% Values of claims, written by `colophon claims --latex`. Do not edit: write them again.',
    ...lines,
    '',
  ].join('\n');
}

/**
 * `colophon.sty`. A claim that does not hold has its status beside it and is warned of. Everything may stand in
 * formulas, floats, footnotes, captions and headings, where LaTeX has no margin notes.
 */
export const latexPackage = String.raw`% \usepackage{colophon} and \colophonvalues{claims}: the values of claims, as a pipeline made them.
\NeedsTeXFormat{LaTeX2e}
\ProvidesPackage{colophon}[2026/01/01 values of claims]
\newcommand*\colophonclaim[4]{%
  \expandafter\gdef\csname colophon@value@#1\endcsname{#2}%
  \expandafter\gdef\csname colophon@full@#1\endcsname{#3}%
  \expandafter\gdef\csname colophon@status@#1\endcsname{#4}}
\newcommand*\colophonvalues[1]{\input{#1}}
\newcommand*\colophon@holds{holds}
\newcommand*\colophon@show[2]{%
  \ifcsname colophon@#1@#2\endcsname
    \csname colophon@#1@#2\endcsname
    \expandafter\ifx\csname colophon@status@#2\endcsname\colophon@holds\else
      \PackageWarning{colophon}{claim #2: \csname colophon@status@#2\endcsname}%
      \textsuperscript{\normalfont[\csname colophon@status@#2\endcsname]}%
    \fi
  \else
    \PackageError{colophon}{There is no claim #2}{Write the values again: colophon claims --latex}%
  \fi}
% \claim{id}: the value with the digits that the claim speaks of; \claim*{id}: in full.
\DeclareRobustCommand*\claim{\@ifstar{\colophon@show{full}}{\colophon@show{value}}}
\newcommand*\claimstatus[1]{\csname colophon@status@#1\endcsname}
\endinput
`;

/** One `\claim{id}` in a paper. */
interface ClaimUse {
  readonly id: string;
  /** From 1. */
  readonly line: number;
  readonly isFull: boolean;
}

/** Every use of a claim in the text of a paper; comments are left out. */
export function claimUses(tex: string): ClaimUse[] {
  return tex.split('\n').flatMap((row, i) => {
    const code = row.replace(/(?<!\\)%.*$/, '');
    return [...code.matchAll(/\\claim(\*?)\s*\{([^}]*)\}/g)].map(([, star, id]) => ({
      id: (id as string).trim(),
      line: i + 1,
      isFull: star === '*',
    }));
  });
}

/** The lines (from 1) on which a value is written out, as a number or word of its own; comments are left out. */
export function linesWith(text: string, value: string): number[] {
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const alone = new RegExp(String.raw`(?<![\w.])(?<!\d[.,])${escaped}(?![\w]|\.\d)`);
  return text.split('\n').flatMap((row, i) => (alone.test(row.replace(/(?<!\\)%.*$/, '')) ? [i + 1] : []));
}
