/** The metadata alone answers who ran what, when, with which inputs, parameters, environment and resources, and how it ended. */
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { type Exported, exported } from '../support/exported.ts';
import { type Texts, takeApart } from '../support/forgery.ts';
import { type Entity, type Metadata, readMetadata, referencesIn, typesOf } from '../support/metadata.ts';
import { workshop } from '../support/workshop.ts';

let bundle: Exported;
let texts: Texts;
let crate: Metadata;
beforeAll(async () => {
  bundle = await exported(workshop);
  texts = takeApart(bundle.unsigned);
  crate = readMetadata(Buffer.from(texts.get('ro-crate-metadata.json') as string, 'latin1').toString());
});
afterAll(() => bundle.project.remove());

const names = (entities: readonly Entity[]) => entities.map(({ name }) => name);
const values = (entities: readonly Entity[]) =>
  Object.fromEntries(entities.map(({ name, value }) => [name, value]));
const execution = (step: string): Entity => {
  const found = crate.ofType('CreateAction').find(({ name }) => name === `Execution of ${step}`);
  if (found === undefined) throw new Error(`no execution of ${step}`);
  return found;
};
const ofType = (entities: readonly Entity[], type: string): readonly Entity[] =>
  entities.filter((entity) => typesOf(entity).includes(type));

describe('a question that the profiles say must be answered', () => {
  test('who ran it?', () => {
    for (const action of [...crate.ofType('CreateAction'), ...crate.ofType('OrganizeAction')]) {
      const [agent] = crate.follow(action, 'agent');
      expect(typesOf(agent as Entity)).toEqual(['Person']);
      expect(agent?.['name']).toBe(userInfo().username);
    }
  });

  test('what was run: which workflow, by which engine, of which version?', () => {
    const [root] = [crate.byId('./')];
    const [workflow] = crate.follow(root, 'mainEntity');
    expect(workflow?.['name']).toBe('workshop');
    const runs = crate.ofType('CreateAction').filter(({ name }) => (name as string).startsWith('Run '));
    expect(runs.flatMap((run) => crate.follow(run, 'instrument'))).toEqual([workflow]);
    const [engine] = crate.ofType('OrganizeAction').flatMap((run) => crate.follow(run, 'instrument'));
    expect(engine).toMatchObject({ name: 'Colophon', softwareVersion: manifest.version });
  });

  test('with which command line was the run begun?', () => {
    const [run] = crate.ofType('CreateAction').filter(({ name }) => (name as string).startsWith('Run '));
    expect(run?.['description']).toBe('colophon run -q');
  });

  test('which steps were executed, with which tools?', () => {
    const [workflow] = crate.ofType('ComputationalWorkflow') as readonly [Entity];
    expect(names(crate.follow(workflow, 'step')).sort()).toEqual(['heavy', 'inspect', 'measure', 'summary']);
    const controls = crate.ofType('ControlAction');
    expect(controls).toHaveLength(5);
    for (const control of controls) {
      const [step] = crate.follow(control, 'instrument') as readonly [Entity];
      const [action] = crate.follow(control, 'object') as readonly [Entity];
      expect(crate.follow(step, 'workExample')).toEqual(crate.follow(action, 'instrument'));
    }
  });

  test('with which code? It is there, or a description of the command is', () => {
    const code = (step: string) => {
      const [tool] = crate.follow(execution(step), 'instrument') as readonly [Entity];
      return crate.follow(tool, 'mainEntity')[0] as Entity;
    };
    expect(texts.get(code('summary')['@id'])).toContain('execute');
    expect(texts.get(code('measure')['@id'])).toContain('"CommandLineTool"');
  });

  test('when did it begin and end?', () => {
    for (const action of crate.ofType('CreateAction')) {
      const [start, end] = [action['startTime'], action['endTime']].map((time) => Date.parse(time as string));
      expect(Number.isFinite(start) && Number.isFinite(end)).toBe(true);
      expect(start as number).toBeLessThanOrEqual(end as number);
    }
  });

  test('from which inputs? Files, folders, an item of a list, all members of a gather', () => {
    const inputs = (step: string) => crate.follow(execution(step), 'object');
    const [folder] = ofType(inputs('measure'), 'Collection') as readonly [Entity];
    expect(crate.follow(folder, 'hasPart').map(({ '@id': id }) => texts.get(id))).toEqual([
      'abc',
      'abcdefghijkl',
    ]);
    expect(ofType(inputs('measure'), 'File').map(({ '@id': id }) => texts.get(id))).toEqual([
      workshop['tools/measure.sh'],
    ]);
    expect(ofType(inputs('inspect@length=b.txt'), 'File').map(({ '@id': id }) => texts.get(id))).toEqual([
      '{"file":"b.txt","length":12}\n',
    ]);
    expect(ofType(inputs('summary'), 'File')).toHaveLength(2);
    expect(names(inputs('heavy'))).toEqual([expect.stringContaining('too large to keep')]);
  });

  test('with which parameters? Those of the file, their defaults, the case', () => {
    const params = (step: string) => values(ofType(crate.follow(execution(step), 'object'), 'PropertyValue'));
    expect(params('measure')).toEqual({ unit: 'c' });
    expect(params('inspect@length=b.txt')).toEqual({ least: '2', length: 'b.txt' });
  });

  test('in which environment? Variables, what probes answered, the versions at work', () => {
    expect(values(crate.follow(execution('measure'), 'environment'))).toMatchObject({
      'env.GREETING': 'hello',
      shell: 'posix shell',
      executor: 'command',
    });
    expect(values(crate.follow(execution('summary'), 'environment'))).toMatchObject({
      executor: 'worker',
      node: process.versions.node,
      arch: process.arch,
    });
  });

  test('with which resources? Time and memory, each with its unit', () => {
    const usage = crate.follow(execution('summary'), 'resourceUsage');
    expect(names(usage)).toEqual(['wall time', 'processor time', 'peak memory']);
    for (const { propertyID, unitCode, value } of usage) {
      expect(propertyID).toMatch(/^urn:colophon:cost:/);
      expect(unitCode).toMatch(/^https:\/\/qudt\.org\/vocab\/unit\//);
      expect(Number(value)).toBeGreaterThanOrEqual(0);
    }
  });

  test('with which version of the code? That of its bytes', () => {
    const bundles = crate.ofType('SoftwareSourceCode').filter((each) => each['@id'].startsWith('code/'));
    expect(bundles.length).toBeGreaterThan(0);
    for (const each of bundles) expect(each['@id']).toBe(`code/${each['version'] as string}.mjs`);
  });

  test('with which outcome? Files with their digests, evidence, how it ended', () => {
    const action = execution('inspect@length=a.txt');
    const results = crate.follow(action, 'result');
    const [file] = ofType(results, 'File') as readonly [Entity];
    expect(file['@id']).toBe(`artifacts/${file['sha256'] as string}.json`);
    expect(values(ofType(results, 'PropertyValue'))).toEqual({ 'long enough': 'true' });
    expect(action['actionStatus']).toBe('http://schema.org/CompletedActionStatus');
  });

  test('which files are the results of the whole?', () => {
    const runs = crate.ofType('CreateAction').filter(({ name }) => (name as string).startsWith('Run '));
    expect(names(runs.flatMap((run) => crate.follow(run, 'result')))).toEqual(['results/lengths.csv']);
  });

  test('which output became which input?', () => {
    const step = crate.byId('#step/summary');
    const told = crate
      .follow(step, 'connection')
      .map((each) => [referencesIn(each['sourceParameter'])[0], referencesIn(each['targetParameter'])[0]]);
    expect(told.sort()).toEqual([
      ['#stage/inspect/out/seen', '#stage/summary/in/seen'],
      ['#stage/measure/out/notes', '#stage/summary/in/notes'],
    ]);
  });
});

describe('the rules of RO-Crate and its profiles', () => {
  test('the descriptor, the root and the conformance are as they must be', () => {
    expect(crate.all[0]).toMatchObject({
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      about: { '@id': './' },
    });
    const root = crate.byId('./');
    expect(referencesIn(root['conformsTo'])).toEqual([
      'https://w3id.org/ro/wfrun/process/0.5',
      'https://w3id.org/ro/wfrun/workflow/0.5',
      'https://w3id.org/ro/wfrun/provenance/0.5',
      'https://w3id.org/workflowhub/workflow-ro-crate/1.0',
    ]);
    for (const required of ['name', 'description', 'datePublished', 'license', 'mainEntity', 'hasPart'])
      expect(root[required], required).toBeDefined();
  });

  test('every reference inside of the crate is to something that is described', () => {
    const known = new Set(crate.all.map((entity) => entity['@id']));
    const open = crate.all
      .flatMap((entity) => Object.values(entity).flatMap(referencesIn))
      .filter((id) => !known.has(id) && !/^https?:\/\//.test(id));
    expect(open).toEqual([]);
  });

  test('no entity is described twice', () => {
    expect(new Set(crate.all.map((entity) => entity['@id'])).size).toBe(crate.all.length);
  });

  test('every file of the bundle is a part of it, and every part is there', () => {
    const parts = referencesIn(crate.byId('./')['hasPart']);
    const aside = ['manifest.json', 'statement.json', 'ro-crate-metadata.json'];
    expect([...parts].sort()).toEqual([...texts.keys()].filter((path) => !aside.includes(path)).sort());
    for (const id of parts) expect(typesOf(crate.byId(id))).toContain('File');
  });

  test('the workflow is of all the types that it must have, and has its tools as parts', () => {
    const workflow = crate.byId('pipeline.yaml');
    expect(typesOf(workflow)).toEqual(['File', 'SoftwareSourceCode', 'ComputationalWorkflow', 'HowTo']);
    const tools = crate.follow(workflow, 'hasPart');
    expect(
      new Set(crate.ofType('CreateAction').flatMap((action) => crate.follow(action, 'instrument'))),
    ).toEqual(new Set([workflow, ...tools]));
  });

  test('steps stand after those whose outs they take', () => {
    const at = (stage: string) => Number(crate.byId(`#step/${stage}`)['position']);
    expect(at('measure')).toBeLessThan(at('inspect'));
    expect(at('inspect')).toBeLessThan(at('summary'));
  });

  test('every formal parameter has a type, and what realises it says so', () => {
    for (const parameter of crate.ofType('FormalParameter'))
      expect(parameter['additionalType']).toMatch(
        /^(?:File|Collection|Text|Integer|Float|Boolean|PropertyValue)$/,
      );
    const table = crate.all.find(({ name }) => name === 'results/lengths.csv') as Entity;
    expect(referencesIn(table['exampleOfWork'])).toEqual([
      '#output/summary/table',
      '#stage/summary/out/table',
    ]);
  });

  test('folders are collections that the root mentions, and so are the parameters that they realise', () => {
    const collections = crate.ofType('Collection');
    expect(collections).toHaveLength(2);
    const mentioned = referencesIn((crate.all.find((each) => each['@id'] === './') as Entity)['mentions']);
    for (const collection of collections) {
      expect(mentioned).toContain(collection['@id']);
      const parameters = crate.follow(collection, 'exampleOfWork');
      expect(parameters.length).toBeGreaterThan(0);
      expect(parameters.map((each) => each['additionalType'])).toEqual(parameters.map(() => 'Collection'));
    }
  });

  test('a run of the engine names its steps and nothing else, and the run of the workflow', () => {
    const [organize] = crate.ofType('OrganizeAction') as readonly [Entity];
    expect(crate.follow(organize, 'object').map(typesOf)).toEqual(
      Array.from({ length: 5 }, () => ['ControlAction']),
    );
    const [workflow] = crate.follow(organize, 'result') as readonly [Entity];
    expect(typesOf(workflow)).toEqual(['CreateAction']);
    expect(referencesIn(workflow['instrument'])).toEqual(['pipeline.yaml']);
  });
});

describe('prov.json', () => {
  test('tells of every execution what it used, made, and who stood behind it', () => {
    const prov = JSON.parse(texts.get('prov.json') as string) as Record<
      string,
      Record<string, Record<string, string>>
    >;
    const executions = Object.keys(prov['activity'] ?? {}).filter((id) => id.startsWith('execution:'));
    expect(executions).toHaveLength(5);
    for (const id of executions) {
      const of = (relation: string) =>
        Object.values(prov[relation] ?? {}).filter((each) => each['prov:activity'] === id);
      expect(of('wasGeneratedBy').length).toBeGreaterThan(0);
      expect(of('wasAssociatedWith')).toHaveLength(1);
      for (const each of [...of('used'), ...of('wasGeneratedBy')])
        expect(prov['entity']).toHaveProperty([each['prov:entity'] as string]);
    }
  });

  test('uses only prefixes that it declares', () => {
    const prov = JSON.parse(texts.get('prov.json') as string) as Record<string, Record<string, unknown>>;
    const used = Object.entries(prov)
      .filter(([section]) => section !== 'prefix')
      .flatMap(([, entries]) => Object.keys(entries))
      .map((id) => id.split(':', 1)[0] as string);
    expect([...new Set(used)].sort()).toEqual(['_', 'agent', 'artifact', 'execution', 'run']);
    expect(Object.keys(prov['prefix'] ?? {})).toEqual(
      expect.arrayContaining(['agent', 'artifact', 'execution', 'run', 'colophon', 'prov', 'xsd']),
    );
  });
});

describe('a command as a CWL tool', () => {
  test('has its words, its inputs where the command finds them, its outs and its variables', () => {
    expect(JSON.parse(texts.get('cwl/measure.cwl') as string)).toMatchObject({
      cwlVersion: 'v1.2',
      class: 'CommandLineTool',
      arguments: ['sh', 'tools/measure.sh', 'data/texts', '$(inputs["param_unit"])', 'lengths.json'],
      inputs: { texts: { type: 'Directory' }, script: { type: 'File' }, param_unit: { type: 'string' } },
      outputs: {
        lengths: { type: 'File', outputBinding: { glob: 'lengths.json' } },
        notes: { type: 'Directory', outputBinding: { glob: 'notes' } },
      },
      requirements: { EnvVarRequirement: { envDef: { GREETING: 'hello', TZ: 'UTC' } } },
    });
  });

  test('takes what looks like an expression as it is written', () => {
    const { arguments: words } = JSON.parse(texts.get('cwl/heavy.cwl') as string) as { arguments: string[] };
    expect(words).toEqual(['sh', '-c', 'wc -c < data/raw.bin > size.txt']);
  });
});

describe('the signed statement', () => {
  test('is an in-toto statement about the manifest and every artifact, with the provenance of SLSA', () => {
    const signed = takeApart(bundle.signed);
    const envelope = JSON.parse(signed.get('statement.dsse.json') as string) as {
      payload: string;
      payloadType: string;
    };
    expect(envelope.payloadType).toBe('application/vnd.in-toto+json');
    const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as {
      subject: { name: string }[];
    };
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: { externalParameters: { pipeline: 'workshop', profile: 'default', targets: [] } },
        runDetails: { builder: { id: 'urn:colophon' } },
      },
    });
    const artifacts = [...signed.keys()].filter((path) => path.startsWith('artifacts/')).sort();
    expect(statement.subject.map(({ name }) => name)).toEqual(['manifest.json', ...artifacts]);
  });
});
