import { serveRegistry } from './serve-registry.ts';

// `main.ts FOLDER PORT`: the same registry once more, for whoever starts it in the cluster's own network.
const [folder = '', port = ''] = process.argv.slice(2);
await serveRegistry(folder, Number(port));
process.once('disconnect', () => process.exit(0));
