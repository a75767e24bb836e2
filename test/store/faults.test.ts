/** What SQLite and the file system throw becomes a fault that says what to do; our own mistakes stay what they are. */
import { expect, test } from 'vitest';
import { Fault } from '../../src/model/fault.ts';
import { asFault, codeOf } from '../../store/faults.ts';

const failing = (code: string): Error => Object.assign(new Error('as said'), { code });

test.each([
  ['SQLITE_FULL', /^\/p: out of space \(as said\)\. Free some space, or run "colophon gc"\.$/],
  ['ENOSPC', /out of space/],
  ['EDQUOT', /out of space/],
  ['SQLITE_CORRUPT', /^\/p: the store is damaged \(as said\)\. Run "colophon doctor"\.$/],
  ['SQLITE_CORRUPT_INDEX', /damaged/],
  ['SQLITE_NOTADB', /damaged/],
  ['SQLITE_READONLY_DBMOVED', /cannot be opened or written/],
  ['SQLITE_CANTOPEN', /cannot be opened or written/],
  ['EROFS', /cannot be opened or written/],
  ['EACCES', /cannot be opened or written/],
  ['SQLITE_IOERR_WRITE', /reading or writing failed \(SQLITE_IOERR_WRITE: as said\)/],
  ['EIO', /reading or writing failed/],
])('%s is a fault of the store', (code, message) => {
  expect(asFault(failing(code), '/p')).toMatchObject({
    kind: 'store',
    message: expect.stringMatching(message),
  });
});

test.each(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_ERROR', 'ENOENT', 'ERR_INVALID_ARG_TYPE'])(
  '%s is our own',
  (code) => {
    const error = failing(code);
    expect(asFault(error, '/p')).toBe(error);
  },
);

test('a fault stays the fault it is, and what is no error stays too', () => {
  const fault = new Fault('usage', 'changing while read: a');
  expect(asFault(fault, '/p')).toBe(fault);
  expect(asFault(undefined, '/p')).toBeUndefined();
  expect([codeOf(null), codeOf('ENOENT'), codeOf({ code: 7 })]).toEqual([undefined, undefined, undefined]);
});
