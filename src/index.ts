/** What stage files import: `import { jsonKind, gather, type Run } from 'colophon'`. */
export type { RandomStream } from './base/random.ts';
export type { Case, CaseValue } from './model/case.ts';
export type { Json } from './model/json.ts';
export {
  anyBytes,
  anyJson,
  anyTable,
  anyText,
  bytesKind,
  type Cell,
  jsonKind,
  type Kind,
  pdfDocument,
  pngImage,
  svgFigure,
  type Table,
  tableKind,
  textKind,
} from './model/kind.ts';
export {
  type Folder,
  folder,
  type FolderFile,
  type Gather,
  gather,
  type Gathered,
  type Run,
  type StageTools,
} from './model/stage.ts';
