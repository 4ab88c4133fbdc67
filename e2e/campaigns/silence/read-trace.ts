/** What a trace of network calls shows, counted; `broken` has the lines that a silent app does not have. */
export type TraceReading = {
  readonly calls: number;
  /** Calls to an address of this machine alone. */
  readonly loopback: number;
  readonly local: number;
  /**
   * Datagram sockets that were given an address and never sent anything: how Chromium asks the kernel whether there is a
   * way by IPv6. Nothing leaves by it.
   */
  readonly probes: number;
  readonly broken: readonly string[];
};

/** Sockets of the machine's own name service: asking them is asking for a name. */
const nameServices = /nscd\/socket|systemd\/resolve|io\.systemd\.Resolve|avahi-daemon/;

/**
 * Reads the output of `strace -f -e trace=network,close`: every connection, packet and bound port to or on an address that is not
 * loopback, and every question for a name, be it to a resolver on this machine.
 */
export function readTrace(trace: string): TraceReading {
  const counts = { calls: 0, loopback: 0, local: 0 };
  const broken: string[] = [];
  /** Datagram sockets by thread and number, with the lines that are excused as long as nothing is sent on them. */
  const datagrams = new Map<string, string[]>();
  const excused: string[][] = [];
  for (const line of trace.split('\n').map(joinHalves())) {
    const opened = /^(\d*)\s*socket\(.*\)\s+= (\d+)$/.exec(line);
    if (opened) {
      const key = `${opened[1] ?? ''} ${opened[2] ?? ''}`;
      if (line.includes('SOCK_DGRAM')) datagrams.set(key, []);
      else datagrams.delete(key);
    }
    const closed = /^(\d*)\s*close\((\d+)/.exec(line);
    if (closed) datagrams.delete(`${closed[1] ?? ''} ${closed[2] ?? ''}`);
    const call = /^(\d*)\s*(connect|sendto|sendmsg|sendmmsg|bind)\((\d+)/.exec(line);
    if (!call) continue;
    counts.calls += 1;
    const [, thread = '', name = '', socket = ''] = call;
    const waiting = datagrams.get(`${thread} ${socket}`);
    const isInternet = /sa_family=AF_INET6?\b/.test(line);
    if (nameServices.test(line)) broken.push(line);
    else if (isInternet && isLoopback(line) && !/port=htons\(53\)/.test(line)) counts.loopback += 1;
    else if (isInternet && name === 'connect' && waiting !== undefined && !/port=htons\(53\)/.test(line)) {
      if (waiting.length === 0) excused.push(waiting);
      waiting.push(line);
    } else if (isInternet) broken.push(line);
    else {
      // A packet on a socket that has a foreign address needs to name none.
      if (name !== 'bind' && waiting !== undefined) broken.push(...waiting.splice(0));
      counts.local += 1;
    }
  }
  return { ...counts, probes: excused.flat().length, broken };
}

/** Puts the two halves of a call together that another thread's came between; each thread has one at a time. */
function joinHalves(): (line: string) => string {
  const begun = new Map<string, string>();
  return (line) => {
    const thread = /^\d+/.exec(line)?.[0] ?? '';
    const [, first] = /^(.*) <unfinished \.\.\.>$/.exec(line) ?? [];
    if (first !== undefined) {
      begun.set(thread, first);
      // A packet counts when it is begun.
      return /socket\(/.test(first) ? '' : first;
    }
    const [, rest] = /<\.\.\. socket resumed>(.*)$/.exec(line) ?? [];
    return rest === undefined ? line : `${begun.get(thread) ?? ''}${rest}`;
  };
}

function isLoopback(line: string): boolean {
  const addresses = [...line.matchAll(/inet_addr\("([^"]*)"\)|inet_pton\(AF_INET6, "([^"]*)"/g)];
  return addresses.length > 0 && addresses.every(([, four, six]) => four?.startsWith('127.') === true || six === '::1');
}
