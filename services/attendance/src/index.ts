export { createApp } from './app.ts';
export { configSchema } from './config.ts';
export { createDeps, type Deps } from './deps.ts';
export { checkIn } from './verbs/check-in.ts';
export { checkOut } from './verbs/check-out.ts';
