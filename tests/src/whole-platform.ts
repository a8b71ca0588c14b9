// Files run in any order, and a test may break what it likes: the next one begins with a whole platform again.
import { beforeEach } from 'vitest';
import { eventually } from './eventually.ts';
import { world } from './world.ts';

const safetyNetMs = 90_000;

beforeEach(async () => {
  const { platform, api } = await world();
  await Promise.all(platform.parts.filter(({ state }) => state !== 'stopped').map((part) => part.ready(safetyNetMs)));
  await eventually('every service is healthy', async () => {
    const { body } = await api.call<{ status: string }>('GET', '/health');
    return body.status === 'healthy';
  });
}, 2 * safetyNetMs);
