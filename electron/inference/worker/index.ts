import { setFlagsFromString } from 'node:v8';
import { assertNever } from '../../shared/assert-never.ts';
import { engineCommandSchema } from '../protocol/engine-command.ts';
import type { EngineCommand } from '../protocol/engine-command.ts';
import { denyNetwork } from './deny-network.ts';
import { EngineWorker } from './engine-worker.ts';
import { EventOutbox } from './event-outbox.ts';
import { findParentPort } from './parent-port.ts';
import type { ParentPort } from './parent-port.ts';

/** How often idle memory is looked for. */
const trimEveryMs = 30_000;

// Tokens come and go as small objects. A young heap that may grow takes up to 40 MB for them, and gains nothing by it.
setFlagsFromString('--semi-space-growth-factor=1');
denyNetwork();
serve(findParentPort());

/** Waits for its configuration, which comes first and once, then does what it is told. */
function serve(port: ParentPort): void {
  const outbox = new EventOutbox((event, onSent) => port.send(event, onSent));
  let worker: EngineWorker | null = null;
  port.onMessage((message) => {
    const command = engineCommandSchema.parse(message);
    if (command.type === 'configure') {
      worker = new EngineWorker(command, (event) => outbox.push(event));
      outbox.push({ type: 'ready' });
      return;
    }
    if (worker === null) throw new Error('the engine process was not configured');
    obey(worker, command);
  });
  // The app is gone, so nobody waits for an orderly end, and a computation that runs is lost anyway.
  port.onClose(() => process.exit(0));
  setInterval(() => void worker?.trim(), trimEveryMs).unref();
}

function obey(worker: EngineWorker, command: Exclude<EngineCommand, { type: 'configure' }>): void {
  switch (command.type) {
    case 'abort':
      worker.abort(command.id);
      return;
    case 'shutdown':
      void worker.close().then(() => process.exit(0));
      return;
    case 'load':
    case 'unload':
    case 'bare-program':
    case 'peak-memory':
    case 'describe-devices':
    case 'tune':
    case 'count-tokens':
    case 'count-prompt-tokens':
    case 'generate':
    case 'save-state':
    case 'embed':
    case 'measure':
    case 'rerank':
    case 'bare-loop':
    case 'bare-embedding':
      worker.begin(command);
      return;
    default:
      assertNever(command);
  }
}
