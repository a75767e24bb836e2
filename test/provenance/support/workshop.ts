/** A pipeline with every sort of input: a folder, a script, items of a list, a gather, an unpinned file, a probe. */
type Files = Readonly<Record<string, string>>;

export const workshop: Files = {
  'pipeline.yaml': `pipeline: workshop
seed: 11
stages:
  measure:
    cmd: [sh, tools/measure.sh, "\${deps.texts}", "\${params.unit}", "\${outs.lengths}"]
    params: { unit: c }
    deps: { texts: data/texts, script: tools/measure.sh }
    outs: { lengths: lengths.json, notes: { path: notes, folder: true } }
    env: { GREETING: hello }
    environment: { shell: [sh, -c, "echo posix shell"] }
  inspect:
    use: stages/inspect.ts
    matrix: { length: { from: measure.lengths, id: file } }
  summary:
    use: stages/summary.ts
    deps: { seen: inspect.seen, notes: measure.notes }
    publish: { table: results/lengths.csv }
  heavy:
    cmd: [sh, -c, "wc -c < \${deps.raw} > size.txt"]
    deps: { raw: { path: data/raw.bin, pin: false } }
    outs: { size: size.txt }
claims:
  longest:
    says: the longest text has 12 letters
    source: Table 1
    value: summary.table[file=b.txt].length
    holds: "= 12 ± 0"
`,
  'tools/measure.sh': `mkdir notes
printf '[' > "$3"
sep=
for f in "$1"/*.txt; do
  n=$(wc -"$2" < "$f")
  printf '%s{"file":"%s","length":%d}' "$sep" "$(basename "$f")" "$n" >> "$3"
  printf '%s %s\\n' "$GREETING" "$n" > "notes/$(basename "$f")"
  sep=,
done
printf ']' >> "$3"
`,
  'data/texts/a.txt': 'abc',
  'data/texts/b.txt': 'abcdefghijkl',
  'data/raw.bin': 'raw raw raw',
  'stages/inspect.ts': `/** Looks at one text's length. */
import { z } from 'zod';
import { jsonKind, type Run } from 'colophon';

export const params = () => z.object({ length: z.string(), least: z.number().default(2) });
export const deps = () => ({ length: jsonKind<{ file: string; length: number }>('length') });
export const outs = () => ({ seen: jsonKind<{ file: string; length: number }>('seen') });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ length }, { least }, { evidence }) => {
  evidence('long enough', length.length >= least);
  return { seen: length };
};
`,
  'stages/summary.ts': `/** All lengths as a table. */
import { z } from 'zod';
import { folder, gather, jsonKind, tableKind, type Run } from 'colophon';

export const params = () => z.object({});
export const deps = () => ({ seen: gather(jsonKind<{ file: string; length: number }>('seen')), notes: folder });
export const outs = () => ({ table: tableKind('lengths') });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ seen, notes }) => ({
  table: {
    columns: ['file', 'length', 'notes'],
    rows: seen.map(({ value }) => [value.file, value.length, notes.length]),
  },
});
`,
};
