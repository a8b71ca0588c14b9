import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config.ts';
import { defaultSite } from '../harness.ts';

describe('settings', () => {
  const required = {
    KIOSK_SECRET: 'x'.repeat(16),
    DATABASE_URL: 'postgres://x',
    APP_API_TOKEN: 'x'.repeat(8),
    MUSTER_DEFAULT_SITE: defaultSite,
  };
  it('have defaults, and contradict neither themselves nor sense', () => {
    expect(configSchema.parse(required)).toMatchObject({ SCALING_MIN_PODS: 2, SCALING_MAX_PODS: 6 });
    for (const wrong of [
      { SCALING_MIN_PODS: '7' },
      { SCALING_PUNCHES_PER_POD: '0' },
      { SCALING_PEAK_FACTOR: '0.5' },
      { SCALING_LEAD_SECONDS: '-1' },
      { SCALING_TOKEN: 'short' },
    ]) {
      const issues = configSchema.safeParse({ ...required, ...wrong }).error?.issues ?? [];
      expect(issues.map(({ path }) => path[0])).toEqual(Object.keys(wrong));
    }
  });
});
