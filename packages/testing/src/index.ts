export { type Cluster, startCluster } from './cluster/start-cluster.ts';
export { silentLog } from './silent-log.ts';
export { type TestDatabase, testDatabase } from './test-database.ts';
