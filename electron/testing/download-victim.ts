// A program for tests: downloads a model of a hub on this machine, and may be killed at any moment.
// Arguments: model folder, address of the hub. Prints the bytes so far at every change, and `done` at the end.
import { downloadWhen, openDownloads, testRepository } from './open-downloads.ts';

const [models = '', address = ''] = process.argv.slice(2);
const service = openDownloads(models, address);
const signal = new AbortController().signal;
await service.start({ repository: testRepository, wanted: { quantisation: 'Q8_0' } }, signal);
const telling = setInterval(() => {
  process.stdout.write(`${service.list()[0]?.doneBytes ?? 0}\n`);
}, 5);
const { state, error } = await downloadWhen(service, 'done', 'failed');
clearInterval(telling);
process.stdout.write(`${state} ${error?.code ?? ''}\n`);
await service.close();
