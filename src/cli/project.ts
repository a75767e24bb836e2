/** Reads the pipeline of a site: parsed once for each text of the file, then remembered. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../engine/context.ts';
import { newWitness } from '../engine/witness.ts';
import { Fault, type Problem } from '../model/fault.ts';
import type { Pipeline, StageDeclaration } from '../model/pipeline.ts';
import { seenFromHere } from './problems.ts';
import { type ProjectFlags, type Site, openSite, pipelineDigest } from './site.ts';
import { toolFor } from './tool.ts';

export interface Project {
  readonly context: Context;
  readonly pipeline: Pipeline;
}

/** Opens the project. Rejects with Fault `usage` with every problem of the file, Fault `store` for the store's. */
export async function openProject(flags: ProjectFlags, access: 'write' | 'read' = 'write'): Promise<Project> {
  const site = openSite(flags, access);
  try {
    return await parseSite(site, flags);
  } catch (error) {
    await site.store.close();
    throw error;
  }
}

/** The project at an open site. Rejects with Fault `usage` with every problem: of the file, and of what it names. */
export async function parseSite(site: Site, flags: ProjectFlags): Promise<Project> {
  const { root, store } = site;
  const context = { root, store, tool: toolFor(root), now: Date.now, witness: newWitness() };
  const known = recall(site, flags);
  if (known !== undefined) return { context, pipeline: known };
  const { parsePipeline } = await import('../config/parse.ts');
  const { profile, set: overrides = [] } = flags;
  const exists = (name: string) => existsSync(join(root, name));
  const { pipeline, problems } = parsePipeline(site.text, site.file, { profile, overrides, exists });
  if (pipeline === undefined || problems.length > 0)
    throw new Fault('usage', seenFromHere(root, [...problems, ...(await others(context, pipeline))]));
  store.memos.set(memoName, pipelineDigest(site, flags), JSON.stringify(pipeline));
  return { context, pipeline };
}

const memoName = 'pipeline';

function recall(site: Site, flags: ProjectFlags): Pipeline | undefined {
  const known = site.store.memos.get(memoName, pipelineDigest(site, flags));
  return known === undefined ? undefined : (JSON.parse(known) as Pipeline);
}

/** What is wrong with the stages that the file has right, so that all is told at once. */
async function others(context: Context, pipeline: Pipeline | undefined): Promise<Problem[]> {
  if (pipeline === undefined) return [];
  const { problemsOf } = await import('../engine/problems.ts');
  return problemsOf(context, pipeline);
}

/** The names of the stages in the order of the file, which is the author's. */
export function inFileOrder({ stages }: Pipeline): string[] {
  const line = ({ places }: StageDeclaration) => places['']?.line ?? 0;
  return [...stages].sort((a, b) => line(a) - line(b)).map(({ name }) => name);
}
