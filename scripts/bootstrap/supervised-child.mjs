// Plain JavaScript for Node 20 with nothing installed.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendantsOf, endNow, killTree, survivorsOf } from './process-tree.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** How long an orderly shutdown may take before everything is ended by force. */
const patienceMs = 10_000;
/** How often to look whether the parent still lives. */
const parentCheckMs = 500;
/** How long what the child started may outlive it. */
const leftoverMs = 1000;

async function areGone(rows) {
  for (const until = Date.now() + leftoverMs; Date.now() < until; await sleep(50)) {
    if (survivorsOf(rows).length === 0) return true;
  }
  return false;
}

async function endLeftovers(rows) {
  if (await areGone(rows)) return;
  for (const row of survivorsOf(rows)) endNow(row);
  await areGone(rows);
}

/**
 * Runs a program in the foreground and hands it the signals that we get. After a signal nothing that it started
 * outlives it: what does not end in an orderly way is ended by force.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { endsWithParent?: boolean }} [options] `endsWithParent`: the death
 *   of our own parent counts as a signal. npm hands a signal to the shell between us, which dies of it without a word.
 * @returns {Promise<{ code: number, error?: Error }>} its exit code, 128 + number when a signal ended it
 */
export function runSupervised(command, args, { endsWithParent = false, ...options } = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  let family = [];
  let timer;
  const onSignal = (signal) => {
    family = descendantsOf(child.pid);
    // Ctrl+C on a terminal reaches every process of the foreground by itself.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    timer ??= setTimeout(() => killTree(child.pid), patienceMs);
  };
  for (const signal of signals) process.on(signal, onSignal);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onSignal('SIGTERM');
  }, parentCheckMs);
  if (!endsWithParent) clearInterval(watch);
  const leave = () => {
    clearInterval(watch);
    clearTimeout(timer);
    for (const signal of signals) process.off(signal, onSignal);
  };
  return new Promise((resolve) => {
    child.once('error', (error) => {
      leave();
      resolve({ code: 1, error });
    });
    child.once('exit', (code, signal) => {
      const end = { code: code ?? 128 + constants.signals[signal] };
      resolve(
        endLeftovers(family).then(() => {
          leave();
          return end;
        }),
      );
    });
  });
}
