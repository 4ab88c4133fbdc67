import type { UpdateOffer, UpdatePackageKind } from '../shared/update.ts';

/** A package that was checked against its signature. */
export type CheckedPackage = {
  /** Absolute; the app's own copy. */
  readonly path: string;
  readonly version: string;
  /** Hexadecimal. */
  readonly sha512: string;
};

/** Puts a newer version in the place of this one. */
export interface UpdateInstaller {
  /** The form in which this copy of the app was installed. */
  readonly kind: UpdatePackageKind;
  readonly way: UpdateOffer['way'];
  /**
   * `restarting`: the app is about to end, and comes back as the newer one. `shown`: a person goes on with the file. Asks
   * nobody on a network. Throws what the system says when it cannot be done; the app then is as it was.
   */
  install(checked: CheckedPackage): Promise<'restarting' | 'shown'>;
}
