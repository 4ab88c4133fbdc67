// Run as a process of its own: opens the database given as JSON and ends itself by SIGKILL before one statement.
import { z } from 'zod';
import { openDatabase } from '../storage/worker/open-database.ts';

const [path, keyInHex, statement] = z.tuple([z.string(), z.string(), z.coerce.number()]).parse(process.argv.slice(2));
let statements = 0;
const ready = openDatabase(
  { kind: 'file', path, key: Buffer.from(keyInHex, 'hex') },
  {
    onStatement: () => {
      statements += 1;
      if (statements === statement) process.kill(process.pid, 'SIGKILL');
    },
  },
);
ready.close();
process.stdout.write(String(statements));
