import { parseArgs } from 'node:util';
import { plannedHeadcount, scalingPlan } from '@muster/contracts/http/attendance';
import { type Api, expectStatus, signIn } from '@muster/demo';
import { planTable } from './plan-table.ts';
import { findTarget, withApi } from './target.ts';

const usage = `scale plan [--from INSTANT] [--hours 24] [--json]
scale set --site NAME|ID --at INSTANT --check-ins N [--check-outs N]`;
const quarterMs = 15 * 60_000;

/** `scale plan` shows expected check-ins and pods, `scale set` plans a quarter of an hour; here, or at `MUSTER_URL`. */
export async function scale([action = 'plan', ...args]: string[]): Promise<number> {
  if (action !== 'plan' && action !== 'set') throw new Error(usage);
  const { url, admin } = await findTarget();
  return withApi(url, async (api) => {
    const { accessToken } = await signIn(api, admin.email, admin.password);
    await (action === 'plan' ? show(api, accessToken, args) : set(api, accessToken, args));
    return 0;
  });
}

async function show(api: Api, token: string, args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { from: { type: 'string' }, hours: { type: 'string', default: '24' }, json: { type: 'boolean' } },
  });
  const from = values.from === undefined ? Temporal.Now.instant() : Temporal.Instant.from(values.from);
  const to = from.add({ minutes: Math.round(Number(values.hours) * 60) });
  const answer = await api.call('GET', `/api/attendance/scaling-plan?from=${from}&to=${to}`, { token, patience: 5 });
  const plan = scalingPlan.parse(expectStatus(answer, 200));
  console.log(values.json ? JSON.stringify(plan, null, 2) : planTable(plan));
}

async function set(api: Api, token: string, args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      site: { type: 'string' },
      at: { type: 'string' },
      'check-ins': { type: 'string', default: '0' },
      'check-outs': { type: 'string', default: '0' },
    },
  });
  if (!values.site || !values.at) throw new Error(usage);
  const startsAt = Temporal.Instant.from(values.at);
  const body = {
    siteId: await findSite(api, token, values.site),
    from: startsAt.toString(),
    to: startsAt.add({ milliseconds: quarterMs }).toString(),
    quarters: [
      { startsAt: startsAt.toString(), checkIns: Number(values['check-ins']), checkOuts: Number(values['check-outs']) },
    ],
  };
  const answer = await api.call('PUT', '/api/attendance/planned-headcount', { token, body, patience: 5 });
  const planned = plannedHeadcount.parse(expectStatus(answer, 200));
  const [quarter] = planned.quarters;
  console.log(
    quarter
      ? `${quarter.startsAt} (${planned.zone}): ${quarter.checkIns} check-ins, ${quarter.checkOuts} check-outs`
      : `${planned.from} (${planned.zone}): nobody`,
  );
}

interface SitePage {
  data: { id: string; name: string }[];
  meta: { totalPages: number };
}

/** The id of a site given by name, whatever its case, or by id. */
async function findSite(api: Api, token: string, wanted: string): Promise<string> {
  const seen: string[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const answer = await api.call<SitePage>('GET', `/api/sites?limit=100&page=${page}`, { token, patience: 5 });
    const { data, meta } = expectStatus(answer, 200);
    const found = data.find(({ id, name }) => [id, name].some((one) => one.toLowerCase() === wanted.toLowerCase()));
    if (found) return found.id;
    seen.push(...data.map(({ name }) => name));
    pages = meta.totalPages;
  }
  throw new Error(`There is no site ${wanted}. There are: ${seen.join(', ')}`);
}
