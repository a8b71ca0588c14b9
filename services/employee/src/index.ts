export { type Config, configSchema } from './config.ts';
