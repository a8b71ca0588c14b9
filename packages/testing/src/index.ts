export { type Cluster, startCluster } from './cluster/start-cluster.ts';
export { type FakeBus, fakeBus } from './fake-bus.ts';
export { type FakeClock, fakeClock } from './fake-clock.ts';
export { redeliver } from './redeliver.ts';
export { type JsonRequest, type JsonResponse, type Requestable, requestJson } from './request-json.ts';
export { silentLog } from './silent-log.ts';
export { type TestDatabase, testDatabase } from './test-database.ts';
export { type TokenOptions, testActor, testAudience, testIssuer, testJwks, testVerifier, tokenFor } from './tokens.ts';
