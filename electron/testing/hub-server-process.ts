// `node electron/testing/hub-server-process.ts FOLDER [PORT] [BYTES A SECOND]`: the made hub as a program, for tests that
// restart the app. Prints its address.
import { startHubServer } from './hub-server.ts';

const [folder = '.', port = '0', rate] = process.argv.slice(2);
const hub = await startHubServer(folder, Number(port));
hub.setRate(rate === undefined ? null : Number(rate));
process.stdout.write(`${hub.address}\n`);
