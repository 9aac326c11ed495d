import { words } from './format.ts';

/** Rules whose own name would not say enough. */
const RULES: ReadonlyMap<string, string> = new Map([['update-mode', 'Update mode, on gooseBit’s paths']]);

/** What a rule of "Why?" is called; one that came after this console goes by its own name. */
export function ruleWords(rule: string): string {
  return RULES.get(rule) ?? words(rule);
}
