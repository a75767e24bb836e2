/** Reads a stage's params by the schema of its own file. */
import { suggestion } from '../base/text.ts';
import { type Json, canonicalJson } from '../model/json.ts';

export type ParamsAnswer =
  | { readonly type: 'parsed'; readonly params: Readonly<Record<string, Json>> }
  /** Each with the param it is about, or '' for all. */
  | {
      readonly type: 'refused';
      readonly problems: readonly { readonly param: string; readonly message: string }[];
    };

export type RawParams = Readonly<Record<string, Json>>;

/** What is used of zod's schemas, so that any copy of zod serves. */
export interface Schema {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly safeParse: (
    value: unknown,
  ) => { success: true; data: unknown } | { success: false; error: { issues: Issue[] } };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** `free` names may be unknown to the schema; without a schema the stage takes no params. */
export function parseParams(
  schema: Schema | undefined,
  raw: RawParams,
  free: readonly string[],
): ParamsAnswer {
  const known = schema === undefined ? [] : schema.shape && Object.keys(schema.shape);
  const unknown =
    known === undefined
      ? []
      : Object.keys(raw).filter((name) => !known.includes(name) && !free.includes(name));
  const strangers = unknown.map((name) => ({ param: name, message: strangerMessage(name, known ?? []) }));
  const given =
    known === undefined
      ? raw
      : Object.fromEntries(Object.entries(raw).filter(([name]) => known.includes(name)));
  const result = schema?.safeParse(given) ?? { success: true, data: {} };
  if (!result.success)
    return { type: 'refused', problems: [...strangers, ...result.error.issues.map(issueProblem)] };
  if (strangers.length > 0) return { type: 'refused', problems: strangers };
  return plainParams(result.data);
}

function strangerMessage(name: string, known: readonly string[]): string {
  const takes = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`;
  return `the stage has no param "${name}"; ${takes}.${suggestion(name, known)}`;
}

function issueProblem(issue: Issue): { param: string; message: string } {
  const [param = '', ...rest] = issue.path.map(String);
  const said = issue.message
    .replace(/^Invalid input: expected (.*), received undefined$/, 'not given, expected $1')
    .replace(/^(?:Invalid input|Too \w+): /, '');
  return { param, message: `param "${[param, ...rest].join('.')}": ${said}` };
}

function plainParams(data: unknown): ParamsAnswer {
  try {
    return { type: 'parsed', params: JSON.parse(canonicalJson(data)) as Record<string, Json> };
  } catch (error) {
    const message = `the params schema gives what is not plain data: ${(error as Error).message}`;
    return { type: 'refused', problems: [{ param: '', message }] };
  }
}
