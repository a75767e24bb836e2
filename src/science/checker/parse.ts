/** Reads a certificate from unknown data, so that the proofs may rely on its shape. */
import type { Certificate, Component, Structure } from './format.ts';
import { demand } from './verdict.ts';

type Data = Readonly<Record<string, unknown>>;

/** The certificate that the data are. Throws Refusal where a field is missing, unknown, or of another kind. */
export function parseCertificate(data: unknown): Certificate {
  const fields = recordOf(data, 'the certificate');
  const claim = fields['claim'];
  demand(typeof claim === 'string' && Object.hasOwn(shapes, claim), 'an unknown claim');
  const shape = shapes[claim] as readonly string[];
  demand(Object.keys(fields).toSorted().join() === shape.toSorted().join(), 'the fields of the certificate');
  for (const name of shape) readers[name]?.(fields[name]);
  return data as Certificate;
}

const shapes: Readonly<Record<string, readonly string[]>> = {
  'critical point': ['claim', 'family', 'd', 'structure', 'entries', 'loss', 'components', 'index'],
  'global minimum': ['claim', 'd', 'components'],
  threshold: ['claim', 'family', 'd', 'structure', 'entries', 'irrep', 'below', 'above'],
  fold: ['claim', 'family', 'd', 'structure', 'entries', 'pivot', 'below', 'above'],
  'minimum over a range': ['claim', 'family', 'structure', 'nodes'],
};

const readers: Readonly<Record<string, (value: unknown) => void>> = {
  family: (value) => textOf(value, 'family'),
  d: (value) => textOf(value, 'd'),
  loss: (value) => textOf(value, 'loss'),
  index: (value) => textOf(value, 'index'),
  irrep: (value) => textOf(value, 'irrep'),
  pivot: (value) => textOf(value, 'pivot'),
  below: (value) => countOf(value, 'below'),
  above: (value) => countOf(value, 'above'),
  entries: entriesOf,
  nodes: (value) => listOf(value, 'nodes').forEach(nodeOf),
  structure: structureOf,
  components: (value) => listOf(value, 'components').forEach(componentOf),
};

function structureOf(value: unknown): asserts value is Structure {
  const { blocks, extra } = recordOf(value, 'structure');
  listOf(blocks, 'blocks').forEach((size) => textOf(size, 'a block size'));
  listOf(extra, 'extra').forEach((copies) => countOf(copies, 'a number of rows'));
}

function entriesOf(value: unknown): void {
  Object.values(recordOf(value, 'entries')).forEach((entry) => textOf(entry, 'an entry'));
}

function nodeOf(value: unknown): void {
  const node = recordOf(value, 'a node');
  demand(Object.keys(node).toSorted().join() === 'd,entries', 'the fields of a node');
  textOf(node['d'], 'd');
  entriesOf(node['entries']);
}

function componentOf(value: unknown): asserts value is Component {
  const { irrep, multiplicity, eigenvalues } = recordOf(value, 'a component');
  textOf(irrep, 'irrep');
  textOf(multiplicity, 'multiplicity');
  listOf(eigenvalues, 'eigenvalues').forEach((eigenvalue) => textOf(eigenvalue, 'an eigenvalue'));
}

function recordOf(value: unknown, what: string): Data {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), `${what}: expected a record`);
  return value as Data;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  demand(Array.isArray(value), `${what}: expected a list`);
  return value as readonly unknown[];
}

function textOf(value: unknown, what: string): void {
  demand(typeof value === 'string', `${what}: expected a string`);
}

function countOf(value: unknown, what: string): void {
  demand(
    typeof value === 'number' && Number.isInteger(value) && value >= 0,
    `${what}: expected a whole number`,
  );
}
