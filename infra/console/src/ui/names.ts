import { api } from '../api/http.ts';
import type { User } from '../api/types.ts';
import { actorWords } from '../model/event-words.ts';
import { session } from './session.ts';

const names = new Map<string, string>();
let asked = false;
const listeners = new Set<() => void>();

/** Runs when names have become known. Answers how to stop listening. */
export function onNames(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Who did it, by name. History itself knows people by number only; the names are read once, by those who may see them.
 */
export function actorName(actor: string | null | undefined): string {
  const id = actor?.startsWith('user:') ? actor.slice('user:'.length) : undefined;
  if (id === undefined) return actorWords(actor);
  if (id === session.me?.id) return session.me.name;
  if (!asked && session.may('users-admin')) {
    asked = true;
    api.get<{ items: User[] } | User[]>('/users').then((answer) => {
      for (const user of Array.isArray(answer) ? answer : answer.items) if (user.username) names.set(user.id, user.username);
      listeners.forEach((listener) => listener());
    }, () => {});
  }
  return names.get(id) ?? `user ${id.slice(0, 8)}`;
}
