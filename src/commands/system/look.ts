// Describes programs that only look at the machine; knows nothing of policy.
import type { Program } from '../../core/program.ts';
import { number } from '../../core/value.ts';
import { harmless, literal } from '../kit.ts';

const NAMES =
  'uptime top htop btop atop glances pstree pmap w last lastlog lastb free vmstat iostat mpstat dstat sar pidstat nmon lscpu lsblk lsusb lspci lsmod lshw lsns lsipc lsmem lslocks lslogins blkid dmidecode hwinfo inxi neofetch fastfetch screenfetch getconf locale sensors acpi upower nvidia-smi rocm-smi vainfo glxinfo vulkaninfo xdpyinfo xwininfo xlsclients netstat ipcs iotop iftop nethogs bmon pydf sw_vers system_profiler ioreg vm_stat hostinfo powertop turbostat getcap getenforce sestatus aa-status zdump modinfo getsebool lsb_release'.split(
    ' ',
  );

const looking: Program = {
  names: NAMES,
  lower: (call) => {
    const numeric =
      call.name === 'getconf' && /^_NPROCESSORS_|^PAGE_?SIZE$|^LONG_BIT$/.test(literal(call.args[0]) ?? '');
    return harmless(call.name, { taints: [], ...(numeric ? { text: number('a number of the system') } : {}) });
  },
  examples: {
    allow: [
      'free -h',
      'lsblk',
      'netstat -an | grep LISTEN',
      'top -bn1 | head',
      'sw_vers -productVersion',
      'w',
      'getenforce',
      'make -j"$(getconf _NPROCESSORS_ONLN)"',
    ],
  },
};

export const lookPrograms: readonly Program[] = [looking];
