/** Says of text that is not YAML what is wrong with it, in the words of someone who writes a pipeline. */
import * as yaml from 'yaml';

interface SyntaxProblem {
  readonly offset: number;
  readonly message: string;
  /** The data read is not what was meant: nothing more can be checked. */
  readonly fatal: boolean;
}

/** Said where the parser's own stack, or its reader's patience, ends. */
export const tooDeep = 'values lie too deep in each other to be read.';

const quoting = 'Inside brackets, text that holds any of { } [ ] or a comma must be in quotes.';

/** So many lines are told at once: past that the text is hardly YAML at all. */
const most = 100;

/** What the YAML parser found, the first of each line: those after it only follow from it. */
export function syntaxProblems(
  text: string,
  document: yaml.Document.Parsed,
  lineOf: (offset: number) => number,
): SyntaxProblem[] {
  const firsts = new Map<number, yaml.YAMLParseError>();
  for (const error of document.errors) {
    const line = lineOf(error.pos[0]);
    const before = firsts.get(line);
    if (before === undefined || error.pos[0] < before.pos[0]) firsts.set(line, error);
  }
  const { explicit, version } = document.directives.yaml;
  if (explicit === true && version !== '1.2')
    return [
      fatal(
        0,
        `the file says it is YAML ${version}, but a pipeline is YAML 1.2. Remove the line "%YAML ${version}".`,
      ),
    ];
  return [...firsts.values()].slice(0, most).map((error) => describe(text, document, error));
}

function fatal(offset: number, message: string): SyntaxProblem {
  return { offset, message, fatal: true };
}

function describe(text: string, document: yaml.Document.Parsed, error: yaml.YAMLParseError): SyntaxProblem {
  const [offset] = error.pos;
  if (error.message.includes('call stack')) return fatal(offset, tooDeep);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return fatal(offset, 'a tab indents this line, but YAML takes only spaces. Replace it by spaces.');
    case 'MULTIPLE_DOCS':
      return {
        offset,
        message: 'a second document starts here, but a pipeline is one document. Remove the line "---".',
        fatal: false,
      };
    case 'MULTILINE_IMPLICIT_KEY':
      return fatal(offset, 'a field is named here without a colon after its name.');
    case 'BLOCK_AS_IMPLICIT_KEY':
      return fatal(
        offset,
        'a second colon makes this a map inside a line. Put the text in quotes if the colon belongs to it.',
      );
    case 'BAD_DQ_ESCAPE':
      return fatal(
        offset,
        `${text.slice(offset, offset + 2)} means nothing between double quotes. Write \\\\ for a backslash, or use single quotes.`,
      );
    case 'BAD_SCALAR_START':
      return fatal(offset, `text cannot begin with ${text[offset]} unless it is in quotes.`);
    case 'MISSING_CHAR':
      return missing(document, error);
    case 'BAD_INDENT':
      return badIndent(document, error);
    default:
      return other(text, error);
  }
}

function missing(document: yaml.Document.Parsed, error: yaml.YAMLParseError): SyntaxProblem {
  const [offset] = error.pos;
  if (!error.message.includes('closing'))
    return fatal(offset, `a comma or a closing bracket is missing before this. ${quoting}`);
  const opened = lastBefore(document, offset, (node) => isQuoted(node));
  return fatal(opened ?? offset, 'the quote that opens here is never closed.');
}

function isQuoted(node: yaml.Node): boolean {
  return yaml.isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
}

function badIndent(document: yaml.Document.Parsed, error: yaml.YAMLParseError): SyntaxProblem {
  const [offset] = error.pos;
  if (!error.message.startsWith('Flow'))
    return fatal(offset, 'this line is indented differently from the fields that it belongs to.');
  const opened = lastBefore(document, offset, (node) => (node as yaml.YAMLMap).flow === true) ?? offset;
  const [open, close] = error.message.startsWith('Flow map') ? '{}' : '[]';
  return fatal(
    opened,
    `the bracket ${open} that opens here is not closed by ${close}, or holds text that must be in quotes, or a line that is not indented by spaces.`,
  );
}

/** A relation such as `> 5` is the one thing in a pipeline that begins with YAML's sign for a block of text. */
function other(text: string, error: yaml.YAMLParseError): SyntaxProblem {
  const [offset] = error.pos;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart).split('\n', 1)[0] ?? '';
  const block = /:\s+(>=?\s*[^\s].*?)\s*$/.exec(line);
  if (block !== null)
    return fatal(
      lineStart + line.indexOf(block[1] as string, block.index),
      `">" begins a block of text in YAML. Put the relation in quotes: "${block[1]}".`,
    );
  if (/[[{]/.test(text[offset] ?? ''))
    return fatal(offset, `a bracket stands in the middle of text. ${quoting}`);
  return fatal(
    offset,
    `this is not YAML: ${error.message[0]?.toLowerCase()}${error.message.slice(1)}. Text with special characters may need quotes.`,
  );
}

function lastBefore(
  document: yaml.Document.Parsed,
  offset: number,
  matches: (node: yaml.Node) => boolean,
): number | undefined {
  let found: number | undefined;
  yaml.visit(document, {
    Node: (_, node) => {
      const start = node.range?.[0];
      if (start !== undefined && start <= offset && matches(node)) found = start;
    },
  });
  return found;
}
