import { describe, expect, test } from 'vitest';
import { pipelineSchema } from '../../src/config/schema.ts';
import { fieldsAt } from '../../src/config/shape/fields.ts';

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
}

const schema = pipelineSchema() as Schema;

/** Every schema inside of this one, itself first. */
function* all(here: Schema): Iterable<Schema> {
  yield here;
  const below = [
    ...Object.values(here.properties ?? {}),
    ...(here.anyOf ?? []),
    here.items,
    here.additionalProperties,
  ];
  for (const each of below) if (typeof each === 'object') yield* all(each);
}

describe('the JSON Schema', () => {
  test('is draft 7 and plain data', () => {
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Colophon pipeline',
    });
    expect(JSON.parse(JSON.stringify(schema))).toStrictEqual(schema);
  });

  test('asks for a name and stages, and lists what else there may be', () => {
    expect(schema.required).toEqual(['pipeline', 'stages']);
    expect(Object.keys(schema.properties ?? {})).toEqual([
      'pipeline',
      'seed',
      'stages',
      'defaults',
      'profiles',
      'claims',
    ]);
  });

  test('refuses unknown fields wherever fields are named', () => {
    const maps = [...all(schema)].filter((each) => each.properties !== undefined);
    expect(maps.length).toBeGreaterThan(8);
    expect(maps.filter((each) => each.additionalProperties !== false)).toEqual([]);
  });

  test('describes every field', () => {
    const fields = [...all(schema)].flatMap((each) => Object.entries(each.properties ?? {}));
    expect(fields.length).toBeGreaterThan(40);
    expect(fields.filter(([, each]) => each.description === undefined).map(([name]) => name)).toEqual([]);
  });

  test('lets an editor offer executors, effects, and one of use and cmd', () => {
    const stage = schema.properties?.['stages']?.additionalProperties as Schema;
    expect(stage.properties?.['executor']?.enum).toEqual(['local', 'slurm']);
    expect(stage.properties?.['effects']?.items?.enum).toContain('clock');
    expect(stage).toMatchObject({ oneOf: [{ required: ['use'] }, { required: ['cmd'] }] });
  });
});

describe('the fields that may stand at a path', () => {
  test('are those of the shape there', () => {
    expect(fieldsAt([])).toContain('stages');
    expect(fieldsAt(['stages', 'a'])).toContain('matrix');
    expect(fieldsAt(['stages', 'a', 'matrix', 'k'])).toEqual(['from', 'id']);
    expect(fieldsAt(['stages', 'a', 'deps', 'x'])).toEqual(['path', 'pin', 'exclude']);
    expect(fieldsAt(['profiles', 'quick', 'a'])).toEqual(['matrix', 'params', 'resources']);
    expect(fieldsAt(['claims', 'c'])).toContain('holds');
  });

  test('are none where the user names them', () => {
    expect(fieldsAt(['stages'])).toEqual([]);
    expect(fieldsAt(['stages', 'a', 'params'])).toEqual([]);
    expect(fieldsAt(['seed'])).toEqual([]);
    expect(fieldsAt(['nothing', 'like', 'it'])).toEqual([]);
  });
});
