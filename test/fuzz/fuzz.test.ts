import { describe, it } from 'mocha';
import { fuzz } from './fuzz.ts';

describe('bytes that nobody should send', () => {
  it('lose nothing, crash nothing and end', async () => {
    await fuzz(300, 20261124);
  });
});
