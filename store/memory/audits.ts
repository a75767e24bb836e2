/** Re-executions and signatures in memory. */
import { byCodeUnit } from '../../src/base/canonical.ts';
import type { AuditRecord, SignatureRecord, TraceName } from '../../src/model/audit.ts';
import type { AuditShelf } from '../../src/model/store.ts';

export class MemoryAudits implements AuditShelf {
  readonly #isKnown: (trace: TraceName) => boolean;
  #records: AuditRecord[] = [];
  #signatures: SignatureRecord[] = [];

  constructor(isKnown: (trace: TraceName) => boolean) {
    this.#isKnown = isKnown;
  }
  async add(records: readonly AuditRecord[]): Promise<void> {
    this.#records.push(...records.filter(this.#isKnown));
  }
  list(): readonly AuditRecord[] {
    return this.#records.filter(this.#isKnown);
  }
  async sign(signatures: readonly SignatureRecord[]): Promise<void> {
    for (const signature of signatures.filter(this.#isKnown)) {
      const others = this.#signatures.filter((other) => nameOf(other) !== nameOf(signature));
      this.#signatures = [...others, signature];
    }
  }
  signatures(): readonly SignatureRecord[] {
    const known = this.#signatures.filter(this.#isKnown);
    return known.sort((a, b) => a.at - b.at || byCodeUnit(a.signer, b.signer));
  }
}

const nameOf = ({ key, attempt, signer }: SignatureRecord) => `${key} ${attempt} ${signer}`;
