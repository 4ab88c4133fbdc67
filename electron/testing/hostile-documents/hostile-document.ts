/** A file that was made to harm its reader. It is made only when it is needed: some have tens of megabytes. */
export type HostileDocument = { readonly name: string; readonly make: () => Buffer };
