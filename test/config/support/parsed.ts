/** Parses pipelines for tests: good ones, and what a bad one is told. */
import { type ParseOptions, parsePipeline } from '../../../src/config/parse.ts';
import { formatProblem } from '../../../src/model/fault.ts';
import type { Pipeline, StageDeclaration } from '../../../src/model/pipeline.ts';

/** The pipeline of a text that has no problems; throws them otherwise. */
export function good(text: string, options: ParseOptions = {}): Pipeline {
  const { pipeline, problems } = parsePipeline(text, 'pipeline.yaml', options);
  if (pipeline === undefined || problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return pipeline;
}

/** The problems of a text, a line each. */
export function told(text: string, options: ParseOptions = {}): string[] {
  return parsePipeline(text, 'pipeline.yaml', options).problems.map(formatProblem);
}

/** A file with these lines as its stages, indented by two. */
export function withStages(...lines: readonly string[]): string {
  return ['pipeline: p', 'stages:', ...lines.map((line) => `  ${line}`), ''].join('\n');
}

/** The stage of that name, without its places. */
export function stageOf(pipeline: Pipeline, name: string): Omit<StageDeclaration, 'places'> {
  const found = pipeline.stages.find((stage) => stage.name === name);
  if (found === undefined) throw new Error(`no stage ${name}`);
  const { places: _, ...rest } = found;
  return rest;
}
