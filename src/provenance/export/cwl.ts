/** A command stage as a tool of the Common Workflow Language 1.2, so that other engines can execute it. */
import type { Digest } from '../../base/digest.ts';
import { extname } from 'node:path';
import type { ArgumentPart, Computation, StageDeclaration } from '../../model/pipeline.ts';
import type { Step, StepInput } from '../../model/step.ts';
import type { Trace } from '../../model/trace.ts';
import { computationText } from './command-text.ts';
import type { Content } from './content.ts';
import { dataType } from './crate-plan.ts';
import type { Entry } from './archive.ts';
import { toolPath } from './format.ts';
import { type Holding, digestsIn } from './holdings.ts';

/** One file for each command stage. CWL's files may be JSON. */
export function toolsOf(content: Content, holdings: ReadonlyMap<string, Holding>): Entry[] {
  const firsts = new Map<string, Step>();
  for (const step of content.steps)
    if (!firsts.has(step.stage.name) && step.stage.computation.type === 'command')
      firsts.set(step.stage.name, step);
  return [...firsts.values()].map((step) => {
    const trace = content.traces.get(content.keys.get(step.id) as Digest);
    const tool = toolOf(step, trace, holdings);
    const bytes = new TextEncoder().encode(`${JSON.stringify(tool, undefined, 2)}\n`);
    return { path: toolPath(step.stage.name), bytes };
  });
}

/** Where an input lies in the scratch folder of the command, as the executor lays it out. */
interface Laid {
  readonly path: string;
  readonly type: 'File' | 'Directory';
}

function toolOf(step: Step, trace: Trace | undefined, holdings: ReadonlyMap<string, Holding>): object {
  const { stage, signature } = step;
  const { argv } = stage.computation as Extract<Computation, { type: 'command' }>;
  const laid = new Map(
    Object.entries(step.inputs).map(([role, input]) => [role, layOut(role, input, trace, holdings)]),
  );
  const params = { ...signature.params, ...step.case };
  return {
    cwlVersion: 'v1.2',
    class: 'CommandLineTool',
    label: stage.name,
    doc: computationText(stage.computation),
    requirements: requirementsOf(stage, laid),
    arguments: argv.map((argument) => argument.map((part) => partText(part, stage, laid)).join('')),
    inputs: {
      ...Object.fromEntries([...laid].map(([role, { type }]) => [role, { type }])),
      ...Object.fromEntries(
        Object.entries(params).map(([name, value]) => [`param_${name}`, { type: cwlType(value) }]),
      ),
    },
    outputs: Object.fromEntries(
      Object.entries(stage.outs).map(([role, out]) => [
        role,
        { type: out.folder ? 'Directory' : 'File', outputBinding: { glob: out.path ?? role } },
      ]),
    ),
  };
}

function layOut(
  role: string,
  input: StepInput,
  trace: Trace | undefined,
  holdings: ReadonlyMap<string, Holding>,
): Laid {
  const digests = trace?.parts.inputs[role];
  const held = typeof digests === 'string' ? holdings.get(digestsIn(digests)[0] as Digest) : undefined;
  const isFolder = held?.members !== undefined || input.type === 'gather';
  const type = isFolder ? 'Directory' : 'File';
  if (input.type === 'source') return { path: input.path, type };
  return { path: `in/${role}${isFolder || held === undefined ? '' : extname(held.path)}`, type };
}

function requirementsOf(stage: StageDeclaration, laid: ReadonlyMap<string, Laid>): Record<string, object> {
  const { cpus, memory } = stage.resources;
  const env = Object.entries(stage.env);
  return {
    ...(laid.size === 0
      ? {}
      : {
          InitialWorkDirRequirement: {
            listing: [...laid].map(([role, { path }]) => ({
              entryname: path,
              entry: `$(inputs["${role}"])`,
            })),
          },
        }),
    ResourceRequirement: {
      coresMin: cpus,
      ...(memory === undefined ? {} : { ramMin: Math.ceil(memory / 2 ** 20) }),
    },
    EnvVarRequirement: {
      envDef: {
        LANG: 'C.UTF-8',
        LC_ALL: 'C.UTF-8',
        TZ: 'UTC',
        SOURCE_DATE_EPOCH: '0',
        ...Object.fromEntries(env.map(([name, value]) => [name, escape(value)])),
      },
    },
    ...(stage.timeout === undefined ? {} : { ToolTimeLimit: { timelimit: Math.ceil(stage.timeout / 1000) } }),
  };
}

function partText(part: ArgumentPart, stage: StageDeclaration, laid: ReadonlyMap<string, Laid>): string {
  switch (part.type) {
    case 'text':
      return escape(part.text);
    case 'dep':
      return escape(laid.get(part.role)?.path ?? part.role);
    case 'out':
      return escape(stage.outs[part.role]?.path ?? part.role);
    case 'param':
    case 'variable':
      return `$(inputs["param_${part.name}"])`;
  }
}

/** `$(` and `${` would begin an expression. */
const escape = (text: string): string => text.replaceAll('\\$', '\\\\$').replace(/\$(?=[({])/g, '\\$');

function cwlType(value: unknown): string {
  const types: Readonly<Record<string, string>> = {
    Boolean: 'boolean',
    Integer: 'long',
    Float: 'double',
    Text: 'string',
  };
  return types[dataType(value)] ?? 'Any';
}
