import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits, as nobody can guess. */
const secretBytes = 32;

/** Who may use the host: whoever once had the token of the printed address, by a cookie from then on. */
export class HostSessions {
  readonly #cookieName: string;
  readonly #sessions = new Set<string>();
  #tokenDigest: Buffer | null;
  /** For the fragment of the address, which no browser sends or logs. Good for one exchange. */
  readonly token: string;

  /** Cookies are shared by all ports of an address, so the port is part of the name. */
  constructor(port: number) {
    this.#cookieName = `sotto-session-${port}`;
    this.token = randomBytes(secretBytes).toString('base64url');
    this.#tokenDigest = digest(this.token);
  }

  /** The value for `Set-Cookie`, or null for a token that is wrong or was used. */
  exchange(token: string): string | null {
    if (this.#tokenDigest === null || !timingSafeEqual(digest(token), this.#tokenDigest)) return null;
    this.#tokenDigest = null;
    const secret = randomBytes(secretBytes).toString('base64url');
    this.#sessions.add(digest(secret).toString('hex'));
    return `${this.#cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a `Cookie` header carries a session of this host. */
  has(cookieHeader: string | undefined): boolean {
    return (cookieHeader ?? '').split(';').some((cookie) => {
      const [name, ...value] = cookie.trim().split('=');
      return name === this.#cookieName && this.#sessions.has(digest(value.join('=')).toString('hex'));
    });
  }
}

/** Compared instead of the secret itself, so that neither its length nor its first wrong byte shows in the time taken. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
