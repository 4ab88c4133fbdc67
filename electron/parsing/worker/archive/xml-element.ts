import { namespacePrefixes } from './xml-namespaces.ts';

/** Namespaces at one place; files have up to forty. */
const prefixLimit = 200;

/** What the prefixes in a file mean at one place, and back. */
export class NamespaceScope {
  /** By the file's prefix: ours, or `?` for a namespace that no reader knows. */
  readonly #prefixes: ReadonlyMap<string, string>;
  readonly #names = new Map<string, string>();
  readonly #attributeNames = new Map<string, readonly string[]>();

  constructor(prefixes: ReadonlyMap<string, string> = new Map()) {
    this.#prefixes = prefixes;
  }

  /** How many prefixes it has: what it costs to make one like it. */
  get size(): number {
    return this.#prefixes.size;
  }

  /** The scope inside an element with these attributes; this one when they declare nothing. */
  within(attributes: Readonly<Record<string, string>>): NamespaceScope {
    let prefixes: Map<string, string> | null = null;
    for (const name of Object.keys(attributes)) {
      if (!name.startsWith('xmlns') || (name.length > 5 && name[5] !== ':')) continue;
      prefixes ??= new Map(this.#prefixes);
      if (prefixes.size >= prefixLimit) break;
      prefixes.set(name.slice(6), namespacePrefixes.get((attributes[name] ?? '').trim()) ?? '?');
    }
    return prefixes ? new NamespaceScope(prefixes) : this;
  }

  /** `w:p` for `ns0:p`, by what the prefix stands for. A prefix that the file forgot to declare is taken at its word. */
  elementName(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const colon = name.indexOf(':');
    const prefix = colon === -1 ? '' : name.slice(0, colon);
    const ours = this.#prefixes.get(prefix) ?? prefix;
    const resolved = `${ours}:${name.slice(colon + 1)}`;
    this.#names.set(name, resolved);
    return resolved;
  }

  /** How an attribute that we call `w:val` may be written here. */
  attributeNames(name: string): readonly string[] {
    const known = this.#attributeNames.get(name);
    if (known) return known;
    const colon = name.indexOf(':');
    const prefix = name.slice(0, colon);
    const written = this.#prefixes
      .entries()
      .filter(([theirs, ours]) => ours === prefix && theirs !== '')
      .map(([theirs]) => `${theirs}${name.slice(colon)}`)
      .toArray();
    const names = written.length > 0 ? written : [name];
    this.#attributeNames.set(name, names);
    return names;
  }
}

/** The beginning of an element. Names carry the prefixes of `namespacePrefixes`, whatever the file calls them. */
export class XmlElement {
  readonly name: string;
  readonly #attributes: Readonly<Record<string, string>>;
  readonly #scope: NamespaceScope;

  constructor(name: string, attributes: Readonly<Record<string, string>>, scope: NamespaceScope) {
    this.name = name;
    this.#attributes = attributes;
    this.#scope = scope;
  }

  /** Value of an attribute, such as `val` or `w:val`; null without one. */
  get(name: string): string | null {
    if (!name.includes(':')) return this.#own(name);
    for (const written of this.#scope.attributeNames(name)) {
      const value = this.#own(written);
      if (value !== null) return value;
    }
    return null;
  }

  /** A whole number of an attribute within bounds; null without one, or when it is none. */
  integer(name: string): number | null {
    const value = this.get(name)?.trim() ?? '';
    return /^[+-]?\d{1,15}$/.test(value) ? Number(value) : null;
  }

  #own(name: string): string | null {
    return Object.hasOwn(this.#attributes, name) ? (this.#attributes[name] ?? null) : null;
  }
}
