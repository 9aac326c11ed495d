// A small SWUpdate bundle as browsers upload it: a cpio archive of format newc that begins with its description.
import { createHash } from 'node:crypto';

const FILE = 0o100644;

/** The bytes of a .swu with one image, for any board. */
export function swu(version) {
  const image = Buffer.alloc(20_000, version);
  const sha256 = createHash('sha256').update(image).digest('hex');
  const description = `software = {
  version = "${version}";
  description = "Made for a story";
  hardware-compatibility: [ "default" ];
  images: ( { filename = "rootfs.ext4.zst"; device = "/dev/mmcblk0p2"; type = "raw"; sha256 = "${sha256}"; } );
};
`;
  return Buffer.concat([entry('sw-description', Buffer.from(description), FILE), entry('rootfs.ext4.zst', image, FILE), entry('TRAILER!!!', Buffer.alloc(0), 0)]);
}

function entry(name, content, mode) {
  // ino, mode, uid, gid, nlink, mtime, filesize, devmajor, devminor, rdevmajor, rdevminor, namesize, check
  const fields = [1, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length + 1, 0];
  const head = `070701${fields.map((each) => each.toString(16).toUpperCase().padStart(8, '0')).join('')}${name}\0`;
  return Buffer.concat([padded(Buffer.from(head)), padded(content)]);
}

function padded(bytes) {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
