/** Checks a file against the shape of a pipeline: says what does not fit, and gives the rest. */
import type { z } from 'zod';
import { isMap } from '../../model/json.ts';
import type { Problems } from '../problems.ts';
import { nodeAt, type Path, type Source } from '../yaml/tree.ts';
import { describeIssue } from './describe.ts';
import { pipelineShape, type RawPipeline } from './pipeline.ts';
import { prune } from './prune.ts';

/** The parts of a pipeline that have their shape; even a required field may be absent, for it may have been wrong. */
export type ShapedPipeline = Partial<RawPipeline>;

type Issue = z.core.$ZodIssue;

/** The data without its misshapen parts, or undefined where the file as a whole is no pipeline. */
export function checkShape(source: Source, problems: Problems): ShapedPipeline | undefined {
  const result = pipelineShape.safeParse(source.root.data);
  if (result.success) return source.root.data as ShapedPipeline;
  const data = structuredClone(source.root.data);
  for (const issue of flatten(result.error.issues, [])) {
    const path = issue.path as Path;
    const isNoted = problems.has(path) || isEmptySection(source, path, issue);
    if (!isNoted)
      for (const { at, place, message } of describeIssue(source, path, issue))
        problems.add(at, place, message);
    if (isMap(data)) for (const wrong of partsOf(issue)) prune(data, wrong);
  }
  return isMap(data) ? (data as ShapedPipeline) : undefined;
}

/** Puts the issues of a union's one fitting branch in the place of the union's own. */
function flatten(issues: readonly Issue[], base: Path): Issue[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...(issue.path as Path)];
    const branches = issue.code === 'invalid_union' ? issue.errors.filter(isClose) : [];
    return branches.length === 1 ? flatten(branches[0] as Issue[], path) : [{ ...issue, path } as Issue];
  });
}

/** Whether the value is at least of the sort that this branch of a union takes. */
function isClose(issues: readonly Issue[]): boolean {
  return !issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type');
}

/** A section whose fields are all commented out counts as not written, unless a pipeline cannot be without it. */
function isEmptySection(source: Source, path: Path, issue: Issue): boolean {
  const isSection =
    (path.length === 1 && path[0] !== 'stages') || (path.length === 3 && path[0] === 'stages');
  return isSection && nodeAt(source.root, path)?.data === null && issue.message.startsWith('a map');
}

function partsOf(issue: Issue): Path[] {
  const path = issue.path as Path;
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
}
