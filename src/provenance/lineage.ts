/** What lies behind an artifact as it was recorded: code, params and inputs, and theirs, down to the sources. */
import type { Digest } from '../base/digest.ts';
import type { MappedSource } from '../base/source-map.ts';
import { upstreamOf } from '../engine/graph.ts';
import { stageOf } from '../model/case.ts';
import type { Json } from '../model/json.ts';
import type { InputDigest } from '../model/key.ts';
import type { Step } from '../model/step.ts';
import type { Store } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';
import { type CodeFile, codeIn, ownSources } from './code.ts';
import { type NamingLine, linesNaming } from './naming.ts';

export interface Lineage {
  readonly step: string;
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly key: Digest;
  /** Whether the plan would use this very execution. */
  readonly current: boolean;
  readonly code: CodeLineage;
  readonly params: Readonly<Record<string, Json>>;
  readonly sources: readonly SourceLineage[];
  readonly needs: readonly NeedLineage[];
}

export interface CodeLineage {
  readonly digest: Digest;
  /** The stage's own file first; empty for a command. */
  readonly files: readonly CodeFile[];
  /** Where a quantity is made that was asked about by its name; nearest to the stage first. */
  readonly naming: readonly NamingLine[];
  /** Of a command stage, as it is declared now: its arguments. */
  readonly command?: string | undefined;
}

interface SourceLineage {
  readonly role: string;
  /** Undefined where the pipeline does not name it any more. */
  readonly path?: string | undefined;
  readonly digest: Digest;
}

/** The executions of one stage behind a role: one for each case. */
export interface NeedLineage {
  readonly role: string;
  /** The one that is told first. */
  readonly steps: readonly string[];
  /** Of the first of them; absent where it is told elsewhere, or its record is gone. */
  readonly lineage?: Lineage | undefined;
}

/** What is asked to tell a lineage. */
export interface Archive {
  readonly store: Store;
  /** Every step of the pipeline as it is now, to name roles and sources. */
  readonly steps: readonly Step[];
  readonly isCurrent: (trace: Trace) => boolean;
}

/** What a lineage is told for. */
export interface Asked {
  /** A row of a table by column, say: of many cases that were gathered, the one is told that this speaks of. */
  readonly row?: Readonly<Record<string, string>> | undefined;
  /** A column, or a field of JSON: the lines that make it are told. */
  readonly name?: string | undefined;
}

/** The lineage of an execution, each stage told once. */
export function lineageOf(archive: Archive, trace: Trace, asked: Asked = {}): Lineage {
  return new Teller(archive, asked).tell(trace);
}

class Teller {
  readonly #archive: Archive;
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #about: Readonly<Record<string, string>>;
  readonly #name: string | undefined;
  readonly #told = new Set<string>();

  constructor(archive: Archive, { row = {}, name }: Asked) {
    this.#archive = archive;
    this.#about = row;
    this.#name = name;
    this.#steps = new Map(archive.steps.map((step) => [step.id, step]));
  }

  tell(trace: Trace): Lineage {
    const isHead = this.#told.size === 0;
    this.#told.add(trace.stage);
    const planned = this.#steps.get(trace.step);
    const roles = Object.entries(trace.parts.inputs);
    const { params } = trace.parts;
    return {
      step: trace.step,
      run: trace.run,
      at: trace.at,
      key: trace.key,
      current: this.#archive.isCurrent(trace),
      code: this.#code(trace, planned, isHead),
      params: Object.fromEntries(Object.entries(params).filter(([name]) => !(name in trace.case))),
      sources: roles.flatMap(([role, input]) => this.#source(trace, planned, role, input) ?? []),
      needs: roles.flatMap(([role, input]) => this.#need(trace, planned, role, input) ?? []),
    };
  }

  #code(trace: Trace, planned: Step | undefined, isHead: boolean): CodeLineage {
    const { artifacts } = this.#archive.store;
    const map = trace.seen['sourceMap'] as Digest | undefined;
    const known = map !== undefined && artifacts.has(map);
    const sources = known ? ownSources(new TextDecoder().decode(artifacts.read(map))) : [];
    const files = sources.map(codeIn);
    const own = planned?.stage.computation;
    const isOwn = (file: CodeFile) => own?.type === 'typescript' && file.file === own.file;
    return {
      digest: trace.parts.code,
      // A bundle begins with what needs nothing: the last of the others are nearest to the stage.
      files: [...files.filter(isOwn), ...files.filter((file) => !isOwn(file)).reverse()],
      naming: own?.type === 'typescript' ? this.#naming(sources, files, own.file, isHead) : [],
      command: own?.type === 'command' ? commandText(own.argv) : undefined,
    };
  }

  /** Of what lies above, only what makes something of the name; a short name means something else there. */
  #naming(
    sources: readonly MappedSource[],
    code: readonly CodeFile[],
    own: string,
    isHead: boolean,
  ): readonly NamingLine[] {
    if (this.#name === undefined || (!isHead && this.#name.length < 4)) return [];
    return linesNaming(sources, code, this.#name, own).filter(({ does }) => isHead || does === 'makes');
  }

  /** An input that no step made is a file of the project. */
  #source(
    trace: Trace,
    planned: Step | undefined,
    role: string,
    input: InputDigest,
  ): SourceLineage | undefined {
    if (typeof input !== 'string') return undefined;
    const declared = planned?.inputs[role];
    if (declared?.type === 'source') return { role, path: declared.path, digest: input };
    return declared === undefined && this.#maker(trace, input, []) === undefined
      ? { role, digest: input }
      : undefined;
  }

  #need(trace: Trace, planned: Step | undefined, role: string, input: InputDigest): NeedLineage | undefined {
    const declared = planned?.inputs[role];
    if (declared?.type === 'source') return undefined;
    const at = typeof input === 'string' ? 0 : this.#meant(input);
    const steps = declared === undefined ? [] : foremost(upstreamOf(declared), at);
    const first = typeof input === 'string' ? input : input[at]?.[1];
    const maker = first === undefined ? undefined : this.#maker(trace, first, steps);
    if (maker === undefined) return steps.length === 0 ? undefined : { role, steps };
    const lineage = this.#told.has(maker.stage) ? undefined : this.tell(maker);
    return { role, steps: steps.length === 0 ? [maker.step] : steps, lineage };
  }

  /** The place of the member whose case has most in common with what is asked about, and nothing against it. */
  #meant(members: Exclude<InputDigest, string>): number {
    const scores = members.map(([text]) => {
      const pairs = text.split(',').map((pair) => pair.split('=', 2) as [string, string]);
      const asked = pairs.filter(([name]) => this.#about[name] !== undefined);
      const same = asked.filter(([name, value]) => this.#about[name] === decodeURIComponent(value));
      return same.length < asked.length ? -1 : same.length;
    });
    return Math.max(0, scores.indexOf(Math.max(...scores)));
  }

  /**
   * The execution that gave this artifact: of the steps named where one of them did, that which stands now, else the
   * last one before.
   */
  #maker(trace: Trace, digest: Digest, steps: readonly string[]): Trace | undefined {
    const { traces } = this.#archive.store;
    const makers = traces.producing(digest).filter(({ key, torn }) => key !== trace.key && !torn);
    const named = makers.filter(({ step }) => steps.includes(step));
    const stages = new Set(steps.map(stageOf));
    return (
      named.find(this.#archive.isCurrent) ??
      named.find(({ at }) => at <= trace.at) ??
      named[0] ??
      (steps.length === 0
        ? makers.find(({ at }) => at <= trace.at)
        : (makers.find(({ stage }) => stages.has(stage)) ?? newestOf(traces, steps)))
    );
  }
}

/** The list with the item at this place in front. */
function foremost(steps: readonly string[], at: number): readonly string[] {
  const step = steps[at];
  return at === 0 || step === undefined ? steps : [step, ...steps.slice(0, at), ...steps.slice(at + 1)];
}

/** An item of a list is no out of its own: the step that made the list stands for it. */
function newestOf(traces: Store['traces'], steps: readonly string[]): Trace | undefined {
  return steps[0] === undefined ? undefined : traces.newest(steps[0]);
}

function commandText(argv: readonly (readonly CommandPiece[])[]): string {
  return argv.map((parts) => parts.map(pieceText).join('')).join(' ');
}

type CommandPiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'dep' | 'out'; readonly role: string }
  | { readonly type: 'param' | 'variable'; readonly name: string };

function pieceText(piece: CommandPiece): string {
  if (piece.type === 'text') return piece.text;
  if ('role' in piece) return `\${${piece.type}s.${piece.role}}`;
  return piece.type === 'param' ? `\${params.${piece.name}}` : `\${${piece.name}}`;
}
