/** Longest side in pixels of the sizes kept of each photo. */
export const photoSides = [1024, 128] as const;
export type PhotoSide = (typeof photoSides)[number];

/** Where one size of one version of a photo lies in the store. Never reused, so a cache can never show an older face. */
export const photoKey = (personId: string, photoVersion: string, side: PhotoSide): string =>
  `photos/${personId}/${photoVersion}/${side}.jpg`;

/** Every object of one version of a photo. */
export const photoKeys = (personId: string, photoVersion: string): string[] =>
  photoSides.map((side) => photoKey(personId, photoVersion, side));
