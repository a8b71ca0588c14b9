import { employmentAnswer } from '@muster/contracts/http/employee-employment';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHarness, type Harness } from './support/harness.ts';

let on: Harness;
beforeAll(async () => {
  on = await createHarness();
});
afterAll(() => on.drop());

const headers = { 'dapr-api-token': 'sidecar-token-of-the-test' };
const tell = (body: unknown, given: Record<string, string> = headers) =>
  on.ask('POST', '/internal/employment', { body, headers: given });

describe('POST /internal/employment', () => {
  it('says when people were hired and deleted; of others nothing', async () => {
    const ann = await on.hire({ hiredOn: '2026-01-31', workId: 'W-77' });
    const bob = await on.hire();
    await on.ask('DELETE', `/api/employees/${bob.id}`, { as: on.admin });
    const answer = await tell({ ids: [ann.id, bob.id, v7()] });
    expect(answer.status).toBe(200);
    const { data } = employmentAnswer.parse(answer.body);
    expect(data.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      { id: ann.id, hiredOn: '2026-01-31', deletedAt: null, workId: 'W-77' },
      { id: bob.id, hiredOn: null, deletedAt: '2026-03-02T08:00:00.000Z', workId: null },
    ]);
  });

  it('answers only to the sidecar, and to what it understands', async () => {
    expect((await tell({ ids: [v7()] }, {})).status).toBe(403);
    for (const body of [{ ids: [] }, { ids: ['x'] }, {}, { ids: Array.from({ length: 501 }, () => v7()) }])
      expect((await tell(body)).status).toBe(400);
    expect((await on.ask('GET', '/openapi.json')).body.paths['/internal/employment']).toBeUndefined();
  });
});
