/** `colophon report`: writes the state of the pipeline as one HTML page. */
import { dirname, join, relative, resolve } from 'node:path';
import { byteSize } from '../../base/text.ts';
import { writeWhole } from '../../disk/write.ts';
import { outsFinder, trustFinder } from '../../provenance/standing.ts';
import { collectReport } from '../../report/collect.ts';
import { reportPage } from '../../report/page.ts';
import type { ProjectFlags } from '../site.ts';
import { withPlan } from '../reading.ts';

export interface ReportFlags extends ProjectFlags {
  readonly out?: string | undefined;
}

/** Writes `--out`, or report.html beside pipeline.yaml; says where on stderr. */
export async function reportCommand(flags: ReportFlags): Promise<void> {
  await withPlan(flags, [], (reading) => {
    const { pipeline, context, seen } = reading;
    const path = flags.out === undefined ? join(context.root, 'report.html') : resolve(flags.out);
    const data = collectReport({
      pipeline,
      store: context.store,
      seen,
      find: outsFinder(reading),
      trust: trustFinder(reading),
    });
    const page = reportPage(data, (file) => linkBetween(dirname(path), join(context.root, file)));
    writeWhole(path, page);
    const size = byteSize(Buffer.byteLength(page));
    process.stderr.write(`report: ${relative(process.cwd(), path)} (${size})\n`);
  });
}

/** The way from the report's folder to a file, as an address. */
function linkBetween(folder: string, file: string): string {
  return relative(folder, file)
    .split(/[\\/]/)
    .map((part) => encodeURIComponent(part))
    .join('/');
}
