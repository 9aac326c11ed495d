import { describe, expect, it } from 'vitest';
import { ruleWords } from '../src/model/why.ts';

describe('the rules of "Why?"', () => {
  it('say where an update mode counts', () => {
    expect(ruleWords('update-mode')).toBe('Update mode, on gooseBit’s paths');
  });

  it('go by their own names else, also those that are not known yet', () => {
    expect(ruleWords('held-back')).toBe('Held back');
    expect(ruleWords('phase-of-the-moon')).toBe('Phase of the moon');
    expect(ruleWords('constructor')).toBe('Constructor');
  });
});
