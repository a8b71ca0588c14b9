import { PHOTOS } from '@muster/contracts';
import { type Manifest, metadata, secret } from './manifest.ts';

/** Photos in any S3-compatible store. Only employee may reach it. */
export const photos: Manifest = {
  apiVersion: 'dapr.io/v1alpha1',
  kind: 'Component',
  metadata: { name: PHOTOS },
  auth: { secretStore: 'kubernetes' },
  spec: {
    type: 'bindings.aws.s3',
    version: 'v1',
    ignoreErrors: true,
    metadata: metadata({
      endpoint: secret('muster-s3', 'endpoint'),
      accessKey: secret('muster-s3', 'accessKey'),
      secretKey: secret('muster-s3', 'secretKey'),
      region: secret('muster-s3', 'region'),
      bucket: secret('muster-s3', 'bucket'),
      forcePathStyle: 'true',
      decodeBase64: 'true',
    }),
  },
  scopes: ['employee'],
};
