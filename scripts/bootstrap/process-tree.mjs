// Plain JavaScript for Node 20 with nothing installed.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** @typedef {{ pid: number, parent: number, startedAt: string }} Row one process; its number and start name it for good */

/** Linux has the list in /proc; `ps` is not always installed there. */
function readProc() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The name in parentheses may hold spaces and parentheses; state, parent and the rest follow the last one.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return fields[0] === 'Z' ? [] : [{ pid: Number(name), parent: Number(fields[1]), startedAt: fields[19] }];
      } catch {
        return [];
      }
    });
}

function readPs() {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,lstart='], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), startedAt: match[3] }] : [];
  });
}

/** @returns {Row[]} every process of the system; none on Windows, where a tree is ended by its root */
function listProcesses() {
  if (process.platform === 'linux') return readProc();
  return process.platform === 'win32' ? [] : readPs();
}

/**
 * The processes that a process has started, and theirs.
 *
 * @param {number} pid
 * @returns {Row[]}
 */
export function descendantsOf(pid) {
  const all = listProcesses();
  const found = [];
  for (let parents = [pid]; parents.length > 0;) {
    const children = all.filter(({ parent }) => parents.includes(parent));
    found.push(...children);
    parents = children.map((child) => child.pid);
  }
  return found;
}

/**
 * Of the given processes, those that still run: the same number with another start is another process.
 *
 * @param {Row[]} rows
 */
export function survivorsOf(rows) {
  const now = new Set(listProcesses().map(({ pid, startedAt }) => `${pid} ${startedAt}`));
  return rows.filter(({ pid, startedAt }) => now.has(`${pid} ${startedAt}`));
}

/** @param {number} pid */
export function killTree(pid) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  for (const row of [{ pid }, ...descendantsOf(pid)]) endNow(row);
}

/** @param {{ pid: number }} row */
export function endNow({ pid }) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
