import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export type ProcessEntry = { readonly pid: number; readonly parentPid: number; readonly command: string };

/** Every process of this machine: its id, its parent's and its command line. */
export function listProcesses(): readonly ProcessEntry[] {
  if (process.platform === 'linux') return listOnLinux();
  return process.platform === 'win32' ? listOnWindows() : listOnMac();
}

/** All processes below `pid`, children before grandchildren. */
export function descendantsOf(pid: number): readonly ProcessEntry[] {
  const all = listProcesses();
  const found: ProcessEntry[] = [];
  let generation = new Set([pid]);
  while (generation.size > 0) {
    const children = all.filter((entry) => generation.has(entry.parentPid));
    found.push(...children);
    generation = new Set(children.map((entry) => entry.pid));
  }
  return found;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return listProcesses().some((entry) => entry.pid === pid);
}

/** Reads /proc, because a small machine may have no `ps`. */
function listOnLinux(): readonly ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The command's name stands in parentheses and may hold spaces; what follows it is fixed.
        const [state, parentPid] = status.slice(status.lastIndexOf(')') + 2).split(' ');
        // A zombie has ended: its parent has not asked for its exit code yet.
        if (state === 'Z') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), parentPid: Number(parentPid), command }];
      } catch {
        return [];
      }
    });
}

function listOnMac(): readonly ProcessEntry[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8', maxBuffer: 16 << 20 })
    .split('\n')
    .flatMap((line) => {
      const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
      if (!match || match[3]?.startsWith('Z')) return [];
      return [{ pid: Number(match[1]), parentPid: Number(match[2]), command: match[4] ?? '' }];
    });
}

function listOnWindows(): readonly ProcessEntry[] {
  const script =
    'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId)`t$($_.ParentProcessId)`t$($_.CommandLine)" }';
  return execFileSync('powershell', ['-NoProfile', '-Command', script], { encoding: 'utf8', maxBuffer: 16 << 20 })
    .split('\n')
    .flatMap((line) => {
      const [pid, parentPid, command] = line.trim().split('\t');
      return pid && parentPid ? [{ pid: Number(pid), parentPid: Number(parentPid), command: command ?? '' }] : [];
    });
}
