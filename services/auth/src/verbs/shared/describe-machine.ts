import type { ApiKey as ApiKeyView, Device as DeviceView, MachineClient } from '@muster/contracts/http/auth';
import type { ApiKey, Client, Device } from '../../domain/machines.ts';

/** A client as administrators see it. */
export const describeClient = ({ version: _, tokenVersion: __, ...client }: Client): MachineClient => client;

/** A kiosk as administrators see it. */
export const describeDevice = ({ version: _, tokenVersion: __, ...device }: Device): DeviceView => device;

/** A key as its owner sees it. */
export const describeKey = (key: ApiKey): ApiKeyView => key;

/** What an event tells of a client. */
export const clientSnapshot = ({ name, scopes, active }: Client) => ({ name, scopes, active });

/** What an event tells of a kiosk. */
export const deviceSnapshot = ({ name, active }: Device) => ({ name, active });

/** What an event tells of a key. */
export const keySnapshot = ({ name, scopes, expiresAt }: ApiKey) => ({ name, scopes, expiresAt });
