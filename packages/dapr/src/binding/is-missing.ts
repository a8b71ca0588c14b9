/** The S3 binding says "no such object" as a 500 with S3's own words inside. */
export const isMissing = (said: string): boolean => /NoSuchKey|StatusCode: 404|object not found/i.test(said);
