/**
 * Makes what the environment says of networks count for nothing in this process. Node 24 sends everything through the proxy
 * of `HTTP_PROXY` where `NODE_USE_ENV_PROXY` or `--use-env-proxy` asks for it, and takes any certificate where
 * `NODE_TLS_REJECT_UNAUTHORIZED` is 0; whoever sets them would see what is meant for one host alone. Both are looked up again
 * for every connection, so that it is enough to change them before the first. `NODE_EXTRA_CA_CERTS` still counts: it is how
 * an own server with an own certificate is trusted.
 */
export function ignoreEnvironment(): void {
  // Node has no way to leave its proxy once it has begun with one, but that no host goes through it.
  process.env['no_proxy'] = '*';
  process.env['NO_PROXY'] = '*';
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
}
