/** What the server says of an artifact, of code and of logs. */

/** `/api/artifact?digest=`. */
export interface ArtifactPage {
  readonly digest: string;
  /** Undefined where its bytes are gone. */
  readonly size?: number | undefined;
  readonly kind: string;
  readonly extension: string;
  readonly madeBy: readonly {
    readonly step: string;
    readonly role: string;
    readonly at: number;
    readonly run: string;
  }[];
  readonly usedBy: readonly { readonly step: string; readonly role: string }[];
  readonly published: readonly string[];
  readonly preview: Preview;
}

export type Preview =
  | {
      readonly type: 'table';
      readonly columns: readonly string[];
      readonly numeric: readonly boolean[];
      readonly rows: readonly (readonly string[])[];
      readonly total: number;
    }
  /** `text` is the whole document, where `whole`; else its beginning. */
  | { readonly type: 'json' | 'text'; readonly text: string; readonly whole: boolean; readonly total: number }
  | { readonly type: 'grids'; readonly says: string; readonly total: number; readonly grids: readonly Grid[] }
  | { readonly type: 'image'; readonly url: string; readonly title: string; readonly description: string }
  | {
      readonly type: 'folder';
      readonly entries: readonly { readonly path: string; readonly digest: string; readonly size: number }[];
      readonly total: number;
    }
  | { readonly type: 'bytes'; readonly head: string; readonly total: number }
  | { readonly type: 'none'; readonly because: string };

/** A matrix as a heat map shows it: at most some thousand cells, each the mean of what it stands for. */
export interface Grid {
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  /** Of the drawing: as `rows` and `columns` where nothing was put together. */
  readonly drawnRows: number;
  readonly drawnColumns: number;
  /** Row by row; null where there is no finite number. */
  readonly cells: readonly (number | null)[];
  readonly low: number;
  readonly high: number;
}

/** `/api/code?map=&file=`: a stage's own files, each with the lines that are in what ran. */
export interface CodePage {
  readonly files: readonly {
    readonly file: string;
    readonly text: string;
    /** Pairs of first and last line, from 1, of what is in the bundle. */
    readonly live: readonly (readonly [number, number])[];
  }[];
}

/** `/api/logs?attempt=`. */
export interface LogsPage {
  readonly streams: readonly { readonly name: string; readonly text: string; readonly cut: boolean }[];
}
