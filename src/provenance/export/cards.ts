/** The short texts for people and registries: CITATION.cff, codecheck.yml, claims.json, README.txt. */
import { counted } from '../../base/text.ts';
import type { Citation, Content } from './content.ts';
import { names } from './format.ts';
import type { Holding } from './holdings.ts';

/** A JSON string is a YAML string. */
const quoted = (text: string): string => JSON.stringify(text);

/** CITATION.cff 1.2.0 from what is known, for a project that has none. */
export function citationText({ title, authors, license, doi }: Citation): string {
  const people = authors.flatMap(({ name, orcid }) => [
    `  - name: ${quoted(name)}`,
    ...(orcid === undefined ? [] : [`    orcid: ${quoted(orcid)}`]),
  ]);
  return `${[
    'cff-version: 1.2.0',
    'message: "If you use these results, please cite them as below."',
    'type: dataset',
    `title: ${quoted(title)}`,
    'authors:',
    ...(people.length > 0 ? people : [`  - name: ${quoted(`the authors of ${title}`)}`]),
    ...(license === undefined ? [] : [`license: ${quoted(license)}`]),
    ...(doi === undefined ? [] : [`doi: ${quoted(doi)}`]),
  ].join('\n')}\n`;
}

/** codecheck.yml 1.0: the published files as its manifest; the check itself is for a codechecker to add. */
export function codecheckText(content: Content, holdings: ReadonlyMap<string, Holding>): string {
  const { citation, published } = content;
  const people = citation.authors.flatMap(({ name, orcid }) => [
    `    - name: ${quoted(name)}`,
    ...(orcid === undefined ? [] : [`      ORCID: ${quoted(orcid.replace('https://orcid.org/', ''))}`]),
  ]);
  return `${[
    '# codecheck.org.uk: a codechecker adds certificate, codechecker, report, summary and check_time.',
    'version: https://codecheck.org.uk/spec/config/1.0/',
    'paper:',
    `  title: ${quoted(citation.title)}`,
    ...(people.length > 0 ? ['  authors:', ...people] : []),
    ...(citation.doi === undefined ? [] : [`  reference: ${quoted(`https://doi.org/${citation.doi}`)}`]),
    published.length === 0 ? 'manifest: []' : 'manifest:',
    ...published.flatMap(({ path, step, role, digest }) => [
      `  - file: ${quoted(holdings.get(digest)?.path ?? digest)}`,
      `    comment: ${quoted(`${path}, made by ${step} (${role})`)}`,
    ]),
  ].join('\n')}\n`;
}

/** The claims as written, each with how it came out. */
export function claimsText({ pipeline, judgements }: Content): string {
  const told = pipeline.claims.map(({ id, says, source, value, holds }) => {
    const judged = judgements.find(({ claim }) => claim === id);
    const { status, found, because, step } = judged ?? {};
    return { id, says, source, value, holds, status, found, because, step };
  });
  return `${JSON.stringify(told, undefined, 2)}\n`;
}

export function readmeText(content: Content): string {
  const { citation, pipeline, steps, judgements, version } = content;
  const holding = judgements.filter(({ status }) => status === 'holds').length;
  return `${citation.title}

The computation of pipeline "${pipeline.name}" (profile ${pipeline.profile}): ${counted(steps.length, 'step')}, ${counted(judgements.length, 'claim')} of which ${holding === 1 ? 'one holds' : `${holding} hold`}.
Written by Colophon ${version}. To verify it, anywhere, without a network:

    colophon verify BUNDLE.zip                      every byte, every record, the signature, the claims, a sample of the steps
    colophon verify BUNDLE.zip --execute all        every step again
    colophon verify BUNDLE.zip --key THEIR.pub      and that it was signed by this key

${names.report.padEnd(22)}  claims, figures and tables as one page (where the whole pipeline was exported)
${names.claims.padEnd(22)}  the claims with the values found
artifacts/              every input and result, named by the SHA-256 of its bytes
code/                   what was executed, with source maps
traces/                 a record of every execution
${names.record.padEnd(22)}  the pipeline as it was checked, its steps, its runs
${names.manifest.padEnd(22)}  every file with its size and SHA-256
statement.*             an in-toto statement about the manifest, signed (DSSE) where somebody signed
${names.crate}  the same as RO-Crate (Provenance Run Crate 0.5); ${names.prov} as PROV-JSON
cwl/                    command stages as CWL tools
${names.codecheck}, ${names.citation}
`;
}
