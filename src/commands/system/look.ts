// Describes programs that only look at the machine; knows nothing of policy.
import type { Program } from '../../core/program.ts';
import { harmless } from '../kit.ts';

const NAMES =
  'uptime top htop btop atop glances pstree pmap w last lastlog lastb free vmstat iostat mpstat dstat sar pidstat nmon lscpu lsblk lsusb lspci lsmod lshw lsns lsipc lsmem lslocks lslogins blkid dmidecode hwinfo inxi neofetch fastfetch screenfetch getconf locale sensors acpi upower nvidia-smi rocm-smi vainfo glxinfo vulkaninfo xdpyinfo xwininfo xlsclients netstat ipcs iotop iftop nethogs bmon pydf sw_vers system_profiler ioreg vm_stat hostinfo powertop turbostat getcap getenforce sestatus aa-status zdump modinfo getsebool'.split(
    ' ',
  );

const looking: Program = {
  names: NAMES,
  lower: (call) => harmless(call.name, { taints: [] }),
  examples: {
    allow: [
      'free -h',
      'lsblk',
      'netstat -an | grep LISTEN',
      'top -bn1 | head',
      'sw_vers -productVersion',
      'w',
      'getenforce',
    ],
  },
};

export const lookPrograms: readonly Program[] = [looking];
