// Logs in, checks in, finds that check-in in the audit log, checks out. Exits 1 with the step that failed.
const { URL: base, EMAIL: email, PASSWORD: password, LIMIT_SECONDS } = process.env;
const until = Date.now() + Number(LIMIT_SECONDS) * 1000;
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Answers once the status is one of `wanted`; 429, 5xx and a refused connection are tried again, as HTTP says. */
async function ask(method, path, { token, body, key, wanted }) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  if (key) headers['idempotency-key'] = key;
  for (;;) {
    let said;
    try {
      const answer = await fetch(base + path, {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      said = `${answer.status} ${await answer.text()}`;
      if (wanted.includes(answer.status)) return { status: answer.status, body: JSON.parse(said.slice(4) || 'null') };
      if (answer.status < 500 && answer.status !== 429) throw new Error(`${method} ${path}: ${said}`);
    } catch (error) {
      if (said) throw error;
      said = `${error.message} ${error.cause?.message ?? ''}`;
    }
    if (Date.now() > until) throw new Error(`${method} ${path}: ${said}`);
    await sleep(1000);
  }
}

async function findAudit(token, checkIn) {
  const path = `/api/audit-logs?eventType=attendance.checked-in&entityId=${checkIn.id}`;
  for (;;) {
    const { body } = await ask('GET', path, { token, wanted: [200] });
    const entry = body.data.find((one) => one.entityId === checkIn.id || one.data?.attendanceId === checkIn.id);
    if (entry) return entry;
    if (Date.now() > until) throw new Error(`the audit log does not know check-in ${checkIn.id}`);
    await sleep(500);
  }
}

try {
  const login = await ask('POST', '/api/auth/login', { body: { email, password }, wanted: [200] });
  const token = login.body.accessToken;
  console.log(`logged in as ${login.body.user.email}`);
  const punch = (kind, wanted) =>
    ask('POST', `/api/attendance/${kind}`, { token, body: {}, key: `helm-test-${kind}-${Date.now()}`, wanted });
  let checkIn = await punch('check-in', [200, 201, 409]);
  if (checkIn.status === 409) {
    await punch('check-out', [200, 201]);
    checkIn = await punch('check-in', [200, 201]);
  }
  console.log(`checked in: ${checkIn.body.id}`);
  const entry = await findAudit(token, checkIn.body);
  console.log(`in the audit log: entry ${entry.seq}, ${entry.eventType}`);
  await punch('check-out', [200, 201]);
  console.log('checked out: the round trip is whole');
} catch (error) {
  console.error(`FAILED: ${error.message}`);
  process.exitCode = 1;
}
