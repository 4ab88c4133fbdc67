import { Worker } from 'node:worker_threads';

const argument = /^--resident-limit-mib=(\d+)$/;

const intervalMs = 50;

/** The thread: it looks while the main thread is busy, and ends the process, which no thread can do by `process.exit`. */
const source = `
  const { workerData } = require('node:worker_threads');
  setInterval(() => {
    if (process.memoryUsage.rss() > workerData.limitBytes) process.kill(process.pid, 'SIGKILL');
  }, workerData.intervalMs);`;

/**
 * Ends this process when its resident memory passes the limit on its command line (`--resident-limit-mib=N`); without one, never.
 * A heap limit alone would leave out buffers, pictures and the memory of native code.
 */
export function watchMemory(parameters: readonly string[]): void {
  const megabytes = parameters.map((parameter) => argument.exec(parameter)?.[1]).find((value) => value !== undefined);
  if (megabytes === undefined) return;
  const watchdog = new Worker(source, {
    eval: true,
    workerData: { limitBytes: Number(megabytes) * 1024 * 1024, intervalMs },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
  });
  watchdog.unref();
}
