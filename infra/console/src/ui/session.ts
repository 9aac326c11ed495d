import type { Me } from '../api/types.ts';

/** Who is signed in, for all pages of this tab. */
class Session {
  me: Me | undefined;

  /** Whether the server will let this person do it; the server decides in the end. */
  may(permission: string): boolean {
    return this.me?.permissions.includes(permission) ?? false;
  }
}

export const session = new Session();

/** Remembers small choices of this browser; a forbidden storage forgets them. */
export const memory = {
  read(key: string): string | undefined {
    try {
      return localStorage.getItem(`muster.${key}`) ?? undefined;
    } catch {
      return undefined;
    }
  },
  keep(key: string, value: string | undefined): void {
    try {
      if (value === undefined) localStorage.removeItem(`muster.${key}`);
      else localStorage.setItem(`muster.${key}`, value);
    } catch {
      // Then it is chosen anew next time.
    }
  },
};
