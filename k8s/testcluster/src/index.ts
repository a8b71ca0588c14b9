export { type Cluster, currentCluster, givenCluster, testCluster } from './cluster.ts';
export { installDapr } from './dapr/install-dapr.ts';
export { down } from './down.ts';
export { clusterLayout, contextName, type Layout, network } from './layout.ts';
export { type UpOptions, up } from './up.ts';
