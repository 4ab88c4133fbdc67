import { findProductFiles } from '../app/product-files.ts';
import { denyNetwork } from '../platform/deny-network.ts';
import { runHost } from './run-host.ts';

denyNetwork(globalThis);
process.exitCode = await runHost({ args: process.argv.slice(2), files: findProductFiles() });
