/** Ports of the connections by TCP that a trace of `strace -f -e trace=network` shows, failed ones too; each once. */
export function connectedPorts(trace: string): readonly number[] {
  const lines = trace.split('\n').filter((line) => /\bconnect\(\d+, \{sa_family=AF_INET6?\b/.test(line));
  const ports = lines.map((line) => Number(/port=htons\((\d+)\)/.exec(line)?.[1]));
  return [...new Set(ports)];
}
