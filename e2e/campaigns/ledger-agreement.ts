// The built app asks large models of every kind and a hub, all on this machine, and is refused in between. Afterwards three
// accounts are compared entry by entry: the ledger, what the servers saw, and what strace saw go through the kernel.
//
//   npm run campaign -- ledger-agreement [REQUESTS, 1000 unless told] [SEED]
//
// Prints what was asked and what left. Ends with 1 for a request that one account has alone, for a difference of one byte, for a
// body or a hash that is another one, for a broken chain, and for a connection to anywhere else.
import { agreeOn } from './ledger-agreement/agree-on.ts';

const requests = Number(process.argv[2] ?? 1_000);
const { agreement, asked, isTraced, chain } = await agreeOn(requests, Number(process.argv[3] ?? 1), (line) =>
  console.log(line),
);
for (const problem of agreement.problems.slice(0, 40)) console.error(problem);
console.log(
  Object.entries(asked)
    .map(([name, count]) => `${count} × ${name}`)
    .join(', '),
);
console.log(
  `${agreement.entries} entries in the ledger, ${agreement.refused} of them refused; ${agreement.requests} requests that left with ` +
    `${agreement.bytesSent} bytes and brought ${agreement.bytesReceived}: ${agreement.problems.length} differences between ledger, servers` +
    `${isTraced ? ' and strace' : ' (there is no strace on this machine)'}; the chain is ${chain}.`,
);
process.exitCode = agreement.problems.length === 0 && chain === 'whole' ? 0 : 1;
