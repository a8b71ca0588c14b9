import { expect, test } from 'vitest';
import { addressesIn, withLocalPorts } from '../src/local/addresses.ts';

const services = ['auth', 'events', 'postgres', 'redis', 's3'];
const env = {
  DATABASE_URL: 'postgres://auth:12345@postgres.try.svc.cluster.local:5432/auth',
  REDIS_URL: 'redis://:p%3Aw@redis.try.svc.cluster.local:6379',
  PUBSUB_PROBE_ADDRESS: 'redis.try.svc.cluster.local:6379',
  EVENTS_URL: 'http://events:8080,http://events.try:8080',
  S3_ENDPOINT: 'https://s3.eu-west-1.example:443',
  OTHER: 'postgres.elsewhere.svc.cluster.local:5432',
  PORT: '8080',
};

test('Services of the namespace are found in URLs, lists and alone; users, passwords and strangers are not', () => {
  expect(addressesIn(env, services, 'try')).toEqual([
    { service: 'postgres', port: 5432 },
    { service: 'redis', port: 6379 },
    { service: 'events', port: 8080 },
  ]);
});

test('each becomes a port of this machine, and nothing else changes', () => {
  const ports = [
    { service: 'postgres', port: 5432, localPort: 40_001 },
    { service: 'redis', port: 6379, localPort: 40_002 },
    { service: 'events', port: 8080, localPort: 40_003 },
  ];
  expect(withLocalPorts(env, 'try', ports)).toEqual({
    DATABASE_URL: 'postgres://auth:12345@127.0.0.1:40001/auth',
    REDIS_URL: 'redis://:p%3Aw@127.0.0.1:40002',
    PUBSUB_PROBE_ADDRESS: '127.0.0.1:40002',
    EVENTS_URL: 'http://127.0.0.1:40003,http://127.0.0.1:40003',
    S3_ENDPOINT: 'https://s3.eu-west-1.example:443',
    OTHER: 'postgres.elsewhere.svc.cluster.local:5432',
    PORT: '8080',
  });
});
