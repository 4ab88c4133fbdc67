import { findProductFiles } from '../app/product-files.ts';
import { denyNetwork } from '../platform/deny-network.ts';
import { systemLanguage } from '../platform/system-language.ts';
import { createWords, spokenLanguage } from '../shared/words.ts';
import { asksForJson } from './parse-command-line.ts';
import { runCommandLine } from './run-command-line.ts';
import { Terminal } from './terminal.ts';

denyNetwork(globalThis);
const args = process.argv.slice(2);
const words = createWords(spokenLanguage('system', [systemLanguage(process.env)]));
const terminal = new Terminal(words, process, asksForJson(args));
const stop = new AbortController();
process.on('SIGINT', () => {
  // Once asks the work to stop; twice is a person who will not wait.
  if (stop.signal.aborted) process.exit(130);
  stop.abort();
});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
// Whoever reads the result may have had enough, as `head` does.
process.stdout.on('error', () => process.exit(1));
process.exitCode = await runCommandLine({ args, terminal, files: findProductFiles(), signal: stop.signal });
