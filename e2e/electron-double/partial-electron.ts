/**
 * How the double is held to electron.d.ts without implementing all of it: `satisfies Partly<…>` makes each member that
 * exists assignable to Electron's at any depth, and `None<Extra<…>>` refuses a member that Electron does not have.
 * Parameters are compared bivariantly, as for methods, because product code hands the double its own narrower objects.
 */
export type Partly<Whole> = Whole extends abstract new (...args: infer Arguments) => infer Instance
  ? (new (...args: Arguments) => Partly<Instance>) & PartlyMembers<Whole>
  : Whole extends (...args: infer Arguments) => infer Result
    ? { method(...args: Arguments): Partly<Result> }['method']
    : Whole extends Promise<infer Value>
      ? Promise<Partly<Value>>
      : Whole extends Buffer | Date | Function
        ? Whole
        : Whole extends object
          ? PartlyMembers<Whole>
          : Whole;

/** Some of the members of an object or of a class's static side. */
export type PartlyMembers<Whole> = { readonly [Key in keyof Whole]?: Partly<Whole[Key]> | undefined };

/** Names of members that the double has and Electron has not. */
export type Extra<Double, Whole> = Exclude<keyof Double, keyof Whole>;

/** Compiles only for an empty union. */
export type None<Names extends never> = Names;

/** Hands a double to product code that was promised Electron's whole type; what is missing throws when asked for. */
export function asElectron<Whole>(double: Partly<Whole>): Whole {
  // The only place where a part passes for the whole: strict.ts makes the difference loud at run time.
  return double as Whole;
}
