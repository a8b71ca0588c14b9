export { type Clock, systemClock } from './clock.ts';
export { ConfigError, loadConfig } from './config.ts';
export { databaseEnv, defaultSiteEnv, deliveryEnv, migrateEnv, processEnv, sidecarEnv, tokenEnv } from './env.ts';
export { type EveryOptions, every } from './every.ts';
export { accessLevel } from './http/access-level.ts';
export { limitBody } from './http/body-limit.ts';
export { createHttp, createRouter, type HttpOptions } from './http/create-http.ts';
export type { KitEnv } from './http/env.ts';
export { mountHealth, type ReadyChecks } from './http/health.ts';
export { mountOpenApi } from './http/openapi.ts';
export { problem, toProblem } from './http/problem.ts';
export { redact } from './http/redact.ts';
export { refuseQuery } from './http/refuse-surplus.ts';
export { requestIdOf } from './http/request-id.ts';
export {
  bearer,
  commonCodes,
  commonProblems,
  created,
  jsonBody,
  jsonOk,
  noContent,
  problems,
} from './http/responses.ts';
export { toFieldErrors } from './http/validation-hook.ts';
export { createLogger, type Log, type LogLevel, logLevels } from './logger.ts';
export { Counter, Gauge, Histogram, poolMetrics, register, requestHistogram, soleMetric } from './metrics.ts';
export { runMain } from './run-main.ts';
export { readOnScrape } from './scrape.ts';
export type { Phase } from './server/phases.ts';
export { type RunningServer, type ServerOptions, startServer } from './server/start-server.ts';
export { type OpenSpan, type SpanOptions, startSpan, traced } from './tracing/spans.ts';
export { startTracing, type TracingOptions } from './tracing/start-tracing.ts';
export { currentTraceparent, isSampled } from './tracing/traceparent.ts';
export { stopTracing, tracing } from './tracing/tracer.ts';
