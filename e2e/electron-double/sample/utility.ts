/** The utility process of the sample app: it counts for the one who sends a port, or says what it was told. */
import { basename } from 'node:path';

type Port = {
  readonly postMessage: (value: unknown) => void;
  readonly on: (event: 'message', listener: (event: { readonly data: { readonly count?: number } }) => void) => void;
  readonly start: () => void;
};

function countFor(port: Port, count: number): void {
  let sum = 0;
  for (let step = 1; step <= count; step += 1) {
    sum += step;
    port.postMessage({ step, sum, bytes: new Uint8Array([step, sum]) });
  }
  port.postMessage({ total: sum });
}

process.parentPort.on('message', ({ data, ports }) => {
  const [port]: readonly Port[] = ports;
  if (!port) return;
  port.on('message', (event) => {
    if (data.kind === 'count') countFor(port, event.data.count ?? 0);
    else port.postMessage({ echo: event.data, from: process.pid });
  });
  port.start();
});
process.parentPort.postMessage({
  env: process.env['SAMPLE_UTILITY'],
  hasChannel: process.send !== undefined,
  // What a process that this one forks inherits.
  execArgv: process.execArgv,
  script: basename(process.argv[1] ?? ''),
});
process.stdout.write('hello\n');
