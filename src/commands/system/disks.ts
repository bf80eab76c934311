// Turns argv of programs that change disks, file systems and mounts into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Program } from '../../core/program.ts';
import { concat, known, prefixOf, text } from '../../core/value.ts';
import { at, harmless, opaque } from '../kit.ts';
import { asksAbout, lookOrChange, operandsOf, system, wordsOf } from './verbs.ts';

type Action = Extract<EffectDraft, { kind: 'device' }>['action'];

/** Words that name devices or files, as effects on them. */
function targets(call: Call, action: Action): EffectDraft[] {
  const named = call.args.filter((word) =>
    /^[/.~]|^[\w.-]+\.(img|iso|dmg|raw|qcow2)$/.test(text(word.value) ?? prefixOf(word.value)),
  );
  const last = call.args.at(-1);
  if (named.length === 0 && last)
    return [{ kind: 'device', action, target: concat(known('/dev/'), last.value), span: last.span }];
  return named.map((word) => ({ kind: 'device', action, target: at(call, word), span: word.span }));
}

const formats: Program = lookOrChange(
  [
    'mkfs',
    ...'ext2 ext3 ext4 xfs btrfs vfat fat exfat ntfs f2fs minix cramfs msdos jfs reiserfs nilfs2 bfs'
      .split(' ')
      .map((kind) => `mkfs.${kind}`),
    'mke2fs',
    'mkntfs',
    'mkdosfs',
    'newfs',
    'newfs_apfs',
    'newfs_hfs',
    'newfs_msdos',
    'wipefs',
    'blkdiscard',
    'cryptsetup',
    'zpool',
    'zfs',
    'pvcreate',
    'pvremove',
    'vgcreate',
    'vgremove',
    'vgreduce',
    'lvcreate',
    'lvremove',
    'lvreduce',
    'lvresize',
    'lvextend',
    'pvresize',
    'vgextend',
    'lvm',
    'mdadm',
    'dmsetup',
    'btrfs',
    'xfs_repair',
    'xfs_growfs',
    'e2fsck',
    'fsck',
    'fsck.ext4',
    'tune2fs',
    'resize2fs',
    'hdparm',
    'nvme',
    'sg_format',
    'badblocks',
    'nwipe',
    'ddrescue',
    'dcfldd',
    'testdisk',
    'partclone.ext4',
    'pvs',
    'vgs',
    'lvs',
    'pvdisplay',
    'vgdisplay',
    'lvdisplay',
    'pvscan',
    'vgscan',
    'lvscan',
  ],
  (words, call) => {
    if (/^(pv|vg|lv)(s|display|scan)$/.test(call.name)) return true;
    const [verb = ''] = operandsOf(words);
    if (words.some((word) => /^--exec/.test(word))) return false;
    if (/^(zpool|zfs|btrfs|lvm|mdadm|dmsetup|nvme|cryptsetup)$/.test(call.name))
      return (
        /^(list|status|get|show|info|ls|history|iostat|events|luksDump|isLuks|version|smart-log|id-ctrl|id-ns|table|pvs|vgs|lvs|pvdisplay|vgdisplay|lvdisplay)$/.test(
          verb,
        ) ||
        words.some((word) => /^--(detail|examine|query)$/.test(word)) ||
        (verb === 'subvolume' && words.includes('list')) ||
        (verb === 'filesystem' && /^(df|du|show|usage)$/.test(words[1] ?? ''))
      );
    if (/^(hdparm)$/.test(call.name))
      return !words.some((word) =>
        /^--(security|trim|make-bad|write|repair|yes|dco|fw|format|idle-im)|^-[a-zA-Z]*[wW]/.test(word),
      );
    if (/^(fsck|fsck\.ext4|e2fsck|xfs_repair)$/.test(call.name)) return words.includes('-n') || words.includes('-N');
    if (call.name === 'wipefs')
      return (
        !words.some((word) => /^(-[a-z]*[ao]|--all|--offset)/.test(word)) ||
        words.some((word) => /^(-[a-z]*n|--no-act)/.test(word))
      );
    return call.name === 'tune2fs' && words.includes('-l');
  },
  (_, call) =>
    /^(scrub)$/.test(call.name)
      ? call.args.slice(-1).map((word): EffectDraft => ({ kind: 'fs.delete', path: at(call, word), recursive: false }))
      : targets(call, 'format'),
  {
    allow: [
      'zpool status',
      'lvs',
      'wipefs /dev/sdb',
      'fsck -n /dev/sdb1',
      'hdparm -I /dev/sda',
      'cryptsetup luksDump /dev/sdb',
    ],
    deny: [
      'mkfs.ext4 /dev/sdb1',
      'wipefs -a /dev/sdb',
      'cryptsetup luksFormat /dev/sdb',
      'zpool destroy tank',
      'lvremove vg/data',
      'mdadm --zero-superblock /dev/sdb',
      'lvm vgremove data',
    ],
    unsettled: ['mkfs.ext4 /tmp/disk.img'],
  },
);

const partitions: Program = lookOrChange(
  [
    'fdisk',
    'sfdisk',
    'cfdisk',
    'gdisk',
    'sgdisk',
    'parted',
    'partprobe',
    'partx',
    'diskutil',
    'hdiutil',
    'gpart',
    'growpart',
    'tmutil',
    'asr',
  ],
  (words, call) => {
    const [verb = ''] = operandsOf(words);
    if (call.name === 'diskutil')
      return (
        /^(list|info|activity|listFilesystems)$/.test(verb) ||
        (/^(apfs|cs|coreStorage|ar)$/i.test(verb) && /^list/.test(operandsOf(words)[1] ?? ''))
      );
    if (call.name === 'hdiutil') return /^(info|imageinfo|verify|pmap|plugins|checksum)$/.test(verb);
    if (call.name === 'tmutil')
      return /^(status|list\w+|latestbackup|destinationinfo|uniquesize|version|compare|isexcluded|machinedirectory|calculatedrift|verifychecksums)$/.test(
        verb,
      );
    return (
      words.some((word) =>
        /^(-l|--list|-p|print|--print|-s|--show|-d|--dump|-i|--info|--verify|-v|-V|--version)$/.test(word),
      ) && !words.some((word) => /^(rm|mkpart|mklabel|resizepart|-Z|--zap-all|-n|--delete)$/.test(word))
    );
  },
  (words, call) => {
    if (call.name === 'tmutil')
      return /^(disable|delete|deletelocalsnapshots|removedestination|thinlocalsnapshots|addexclusion)$/.test(
        operandsOf(words)[0] ?? '',
      )
        ? [{ kind: 'weaken', what: 'the backups of this machine' }]
        : [system('settings', call, words)];
    if (call.name === 'hdiutil' || /^(mount|unmount|mountDisk|unmountDisk|eject)$/.test(operandsOf(words)[0] ?? ''))
      return targets(call, /^(eject|detach|unmount)/.test(operandsOf(words)[0] ?? '') ? 'unmount' : 'mount');
    return targets(call, 'partition');
  },
  {
    allow: ['fdisk -l', 'parted -l', 'diskutil list', 'hdiutil info', 'tmutil status'],
    deny: ['sgdisk -Z /dev/sdb', 'parted /dev/sdb mklabel gpt', 'diskutil eraseDisk JHFS+ X disk2', 'tmutil disable'],
    unsettled: ['hdiutil attach app.dmg'],
  },
);

const mounts: Program = {
  names: [
    'mount',
    'umount',
    'losetup',
    'fusermount',
    'fusermount3',
    'sshfs',
    'mount.nfs',
    'mount_smbfs',
    'mount_nfs',
    'udisksctl',
    'pmount',
    'eject',
    'bindfs',
    'encfs',
    'gocryptfs',
  ],
  lower: (call) => {
    const words = wordsOf(call);
    const parsed = parseArgs(call.args, {
      flags: ['-l', '-v', '-a', '-f', '-h --help', '-V --version', '-L'],
      values: ['-t --types', '-o --options', '-O'],
    });
    const listing =
      words.length === 0 ||
      asksAbout(words) ||
      (call.name === 'mount' && parsed.operands.length === 0 && !parsed.has('-a')) ||
      (call.name === 'losetup' && words.every((word) => /^(-a|-l|--list|--all|-j)$/.test(word))) ||
      /^(status|info|monitor)$/.test(words[0] ?? '');
    if (listing) return harmless('mounts', { taints: [] });
    const action: Action =
      /^(umount|eject)$/.test(call.name) || words.some((word) => /^-[a-z]*u$|^unmount$|^-d$/.test(word))
        ? 'unmount'
        : 'mount';
    const effects = targets(call, action);
    return { effects: effects.length > 0 ? effects : [opaque(`${call.name} is not read`)] };
  },
  examples: {
    allow: ['mount', 'mount -l', 'losetup -a'],
    unsettled: ['mount /dev/sdb1 /mnt', 'umount /mnt', 'sshfs build-host:/srv /mnt/srv', 'mount --bind / /mnt/root'],
  },
};

export const diskPrograms: readonly Program[] = [formats, partitions, mounts];
