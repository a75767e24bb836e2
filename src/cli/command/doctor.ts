/** `colophon doctor`: looks at the machine, the store and the project, and says what to do. */
import { basename, dirname } from 'node:path';
import { Fault } from '../../model/fault.ts';
import type { Check } from '../doctor/check.ts';
import { diskChecks, machineChecks } from '../doctor/machine.ts';
import { lockCheck, pipelineCheck } from '../doctor/project.ts';
import { storeChecks } from '../doctor/store.ts';
import { exits, worst } from '../exit.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { type ProjectFlags, findPipeline, storeFolder } from '../site.ts';
import type { Style } from '../view/style.ts';

export interface DoctorFlags extends ProjectFlags {
  readonly repair?: boolean;
  readonly json?: boolean;
}

export async function doctorCommand(flags: DoctorFlags): Promise<void> {
  const checks = [...machineChecks(), ...(await projectChecks(flags))];
  if (flags.json) printJson(checks.map(({ name, status, says, hint }) => ({ name, status, says, hint })));
  else print(doctorLines(checks, stdoutStyle()));
  process.exitCode = worst(checks.flatMap(({ status, exit }) => (status === 'wrong' ? [exit] : [])));
}

async function projectChecks(flags: DoctorFlags): Promise<Check[]> {
  const file = pipelineFile(flags);
  if (file === undefined) {
    const says = ['none here or above; `colophon init` makes one'];
    const none: Check = { name: 'pipeline.yaml', status: 'note', says, exit: exits.ok };
    return [...diskChecks(process.cwd()), none];
  }
  const root = dirname(file);
  const store = await storeChecks(storeFolder(root), flags.repair ?? false);
  const isSound = store.every(({ status, name }) => status !== 'wrong' || name !== 'store');
  const pipeline = isSound ? [await pipelineCheck(flags, basename(file))] : [];
  return [...diskChecks(root), ...store, ...pipeline, lockCheck(root)];
}

function pipelineFile(flags: ProjectFlags): string | undefined {
  try {
    return findPipeline(process.cwd(), flags.file);
  } catch (error) {
    if (error instanceof Fault && flags.file === undefined) return undefined;
    throw error;
  }
}

function doctorLines(checks: readonly Check[], style: Style): string[] {
  const marks = { fine: style.good('✓'), note: style.warn('!'), wrong: style.bad('✗') };
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks.flatMap(({ name, status, says, hint }) =>
    [...says, ...(hint === undefined ? [] : [style.dim(`→ ${hint}`)])].map((line, i) =>
      i === 0
        ? `${marks[status]} ${name.padEnd(width)}  ${line}`
        : `${' '.repeat(width + 4)}${line.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`,
    ),
  );
}
