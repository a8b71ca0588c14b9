import { Client } from 'minio';

export interface BucketOptions {
  /** `http(s)://host:port` of any S3-compatible server. */
  endpoint: string;
  accessKey: string;
  secretKey: string;
  region: string;
  bucket: string;
}

/** Makes the bucket unless it exists. The only use of the S3 client: photos themselves go through the Dapr binding. */
export async function ensureBucket(o: BucketOptions): Promise<void> {
  const url = new URL(o.endpoint);
  const secure = url.protocol === 'https:';
  const client = new Client({
    endPoint: url.hostname,
    port: Number(url.port) || (secure ? 443 : 80),
    useSSL: secure,
    accessKey: o.accessKey,
    secretKey: o.secretKey,
    region: o.region,
  });
  if (await client.bucketExists(o.bucket)) return;
  try {
    await client.makeBucket(o.bucket, o.region);
  } catch (error) {
    // Another process of ours was quicker.
    if (!(await client.bucketExists(o.bucket))) throw error;
  }
}
