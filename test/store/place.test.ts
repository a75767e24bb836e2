/** Folders on network file systems are refused by name; local ones, FUSE among them, are not. */
import { existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../store/open.ts';
import { fuseOverNetwork, networkFileSystem } from '../../store/place.ts';
import { temporaryFolder } from './drafts.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => folder.remove());

const mountinfo = [
  '22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw',
  '30 22 0:25 / /home/me/remote rw shared:5 - fuse.sshfs me@lab:/data rw,user_id=0',
  '31 22 0:26 / /home/me/remote\\040disk rw - fuse.rclone drive: rw',
  '32 30 0:27 / /home/me/remote/local rw - ext4 /dev/sdb rw',
  '33 22 0:28 / /home/me/vault rw - fuse.gocryptfs /cipher rw',
  '34 22 0:29 / /mnt/usb rw - fuseblk /dev/sdc1 rw',
  '',
].join('\n');

test.each([
  ['/home/me/remote', 'fuse.sshfs'],
  ['/home/me/remote/paper/.colophon', 'fuse.sshfs'],
  ['/home/me/remote disk/x', 'fuse.rclone'],
  ['/home/me/remote/local/x', undefined],
  ['/home/me/remoteness', undefined],
  ['/home/me/vault/x', undefined],
  ['/mnt/usb/x', undefined],
  ['/srv', undefined],
])('%s lies on %s', (path, expected) => {
  expect(fuseOverNetwork(path, mountinfo)).toBe(expected);
});

test('this folder is local', () => {
  expect(networkFileSystem(folder.path)).toBeUndefined();
});

test('a folder on a network is refused by the name of its file system, and nothing is made in it', () => {
  const open = () => openStore(folder.path, { network: () => 'nfs' });
  expect(open).toThrow(
    expect.objectContaining({
      kind: 'store',
      message: expect.stringMatching(/lies on nfs, a network file system/),
    }),
  );
  expect(readdirSync(folder.path)).toEqual([]);
  expect(existsSync(folder.path)).toBe(true);
});

test('a store that lies there already is refused too', async () => {
  await openStore(folder.path).close();
  expect(() => openStore(folder.path, { network: () => 'cifs' })).toThrow(/lies on cifs/);
});
