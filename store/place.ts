/** Where a store may lie, by which name: not on a network file system, where the locks that it relies on do not hold. */
import { readFileSync, statfsSync } from 'node:fs';
import { fault } from './faults.ts';

/** The database's name inside the folder. */
export const databaseName = 'store.sqlite';

/** Linux's names of file systems by the `type` that statfs gives. */
const networkTypes = new Map<number, string>([
  [0x6969, 'nfs'],
  [0x517b, 'smb'],
  [0xfe534d42, 'smb2'],
  [0xff534d42, 'cifs'],
  [0x00c36400, 'ceph'],
  [0x01021997, '9p'],
  [0x0bd00bd0, 'lustre'],
  [0x47504653, 'gpfs'],
  [0x19830326, 'beegfs'],
  [0x5346414f, 'afs'],
  [0x73757245, 'coda'],
  [0x7461636f, 'ocfs2'],
  [0x01161970, 'gfs2'],
  [0x20030528, 'orangefs'],
]);
const fuse = 0x65735546;
/** FUSE file systems that reach over a network; others (encryption, unions, NTFS) are local. */
const networkFuse =
  /^fuse\.(sshfs|rclone|s3fs|goofys|gcsfuse|blobfuse2?|glusterfs|ceph-fuse|davfs2?|juicefs|curlftpfs|mount\.\w+)$/;

export type NetworkProbe = (folder: string) => string | undefined;

/** The network file system that holds `folder`, by name; undefined where it is local or not known to be one. */
export const networkFileSystem: NetworkProbe = (folder) => {
  if (process.platform !== 'linux') return undefined;
  const type = statfsSync(folder).type;
  if (type !== fuse) return networkTypes.get(type);
  return fuseOverNetwork(folder, readFileSync('/proc/self/mountinfo', 'utf8'));
};

/** The network FUSE file system under `folder`, according to the text of /proc/self/mountinfo. */
export function fuseOverNetwork(folder: string, mountinfo: string): string | undefined {
  let deepest = { point: '', type: '' };
  for (const line of mountinfo.split('\n')) {
    const mount = parseMount(line);
    if (mount && mount.point.length >= deepest.point.length && covers(mount.point, folder)) deepest = mount;
  }
  return networkFuse.test(deepest.type) ? deepest.type : undefined;
}

function parseMount(line: string): { point: string; type: string } | undefined {
  const [before, after] = line.split(' - ');
  const point = before?.split(' ')[4];
  const type = after?.split(' ')[0];
  if (point === undefined || type === undefined) return undefined;
  return {
    point: point.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))),
    type,
  };
}

function covers(point: string, folder: string): boolean {
  return point === '/' || folder === point || folder.startsWith(`${point}/`);
}

/** Throws Fault `store`, naming the file system, where `folder` lies on a network. */
export function refuseNetwork(folder: string, probe: NetworkProbe = networkFileSystem): void {
  const name = probe(folder);
  if (name === undefined) return;
  throw fault(
    `${folder} lies on ${name}, a network file system, where SQLite's locks do not hold. ` +
      'Keep the project on a local disk and share results with "colophon push" and "colophon pull".',
  );
}
