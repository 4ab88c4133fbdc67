// A program for tests: claims the data folder named in its argument, prints what came of it as one JSON line, and stays
// until it is ended. An owner answers each message with `echo:` and the message.
import { claimDataFolder } from '../app/data-folder/claim-data-folder.ts';

const claim = await claimDataFolder(process.argv[2] ?? '', process.platform);
if (claim.status === 'owned') {
  claim.serve((port) => port.on('message', (event) => port.postMessage(`echo:${event?.data ?? ''}`)));
  process.once('SIGTERM', () => void claim.release().then(() => process.exit(0)));
}
process.stdout.write(
  `${JSON.stringify({ status: claim.status, pid: claim.status === 'taken' ? claim.pid : process.pid })}\n`,
);
if (claim.status === 'taken') {
  claim.port?.close();
  process.exit(0);
}
