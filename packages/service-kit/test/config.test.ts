import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, loadConfig } from '../src/index.ts';

const schema = z.object({
  PORT: z.coerce.number().int().min(1),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url(),
  APP_API_TOKEN: z.string().min(16),
});

describe('loadConfig', () => {
  it('parses, fills defaults, ignores what is not asked for', () => {
    const env = {
      PORT: '8080',
      HOST: '',
      DATABASE_URL: 'postgres://a/b',
      APP_API_TOKEN: 'x'.repeat(16),
      HOME: '/root',
    };
    expect(loadConfig(schema, env)).toEqual({ ...env, PORT: 8080, HOST: '127.0.0.1', HOME: undefined });
  });

  it('names every bad or missing variable at once, and no value', () => {
    const load = () => loadConfig(schema, { PORT: 'abc', APP_API_TOKEN: 'hunter2' });
    expect(load).toThrow(ConfigError);
    try {
      load();
    } catch (error) {
      const { message, problems } = error as ConfigError;
      expect(problems.map((line) => line.split(':')[0])).toEqual(['APP_API_TOKEN', 'DATABASE_URL', 'PORT']);
      expect(message).toContain('DATABASE_URL: is required');
      expect(message).not.toContain('hunter2');
    }
  });
});
