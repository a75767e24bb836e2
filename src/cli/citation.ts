/** Reads CITATION.cff: what a bundle tells of the work as a whole. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { Fault } from '../model/fault.ts';
import type { Author, Citation } from '../provenance/export/content.ts';

interface CitationFile {
  readonly citation: Citation;
  /** Undefined where there is none, and one is to be made from the rest. */
  readonly text?: Uint8Array | undefined;
}

/** The file given, else the project's own, else what the pipeline's name tells. Throws Fault `usage`. */
export function readCitation(root: string, given: string | undefined, title: string): CitationFile {
  const path = given === undefined ? join(root, 'CITATION.cff') : resolve(given);
  if (!existsSync(path)) {
    if (given === undefined) return { citation: { title, authors: [] } };
    throw new Fault('usage', `there is no file ${given}`);
  }
  const text = readFileSync(path);
  return { citation: citationOf(text.toString('utf8'), given ?? 'CITATION.cff'), text };
}

/** What of it is used. Throws Fault `usage` where it is no CITATION.cff. */
export function citationOf(text: string, file: string): Citation {
  const found = parsed(text, file);
  const { title, authors, license, doi } = found;
  if (typeof title !== 'string' || !Array.isArray(authors) || authors.length === 0)
    throw new Fault(
      'usage',
      `${file} needs a title and a list of authors; see citation-file-format.github.io`,
    );
  return {
    title,
    authors: authors.map((author) => authorOf(author, file)),
    ...(typeof license === 'string' ? { license } : {}),
    ...(typeof doi === 'string' ? { doi } : {}),
  };
}

function parsed(text: string, file: string): Record<string, unknown> {
  try {
    const found: unknown = parse(text);
    if (typeof found === 'object' && found !== null && 'cff-version' in found)
      return found as Record<string, unknown>;
  } catch (error) {
    throw new Fault('usage', `${file} is no YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  throw new Fault('usage', `${file} is no citation file: it has no cff-version`);
}

function authorOf(author: unknown, file: string): Author {
  const told = typeof author === 'object' && author !== null ? (author as Record<string, unknown>) : {};
  const parts = [told['given-names'], told['name-particle'], told['family-names'], told['name-suffix']];
  const name = parts.filter((part) => typeof part === 'string').join(' ') || told['name'] || told['alias'];
  if (typeof name !== 'string')
    throw new Fault(
      'usage',
      `${file} has an author without a name; give family-names and given-names, or name`,
    );
  return { name, ...(typeof told['orcid'] === 'string' ? { orcid: told['orcid'] } : {}) };
}
