import { Histogram, soleMetric } from '@muster/service-kit';

/** How many punches are committed together: more of them under load is how attendance keeps up. */
export const flightSizes = (): Histogram =>
  new Histogram({
    name: soleMetric('muster_punch_flight_size'),
    help: 'Punches committed together',
    buckets: [1, 2, 5, 10, 20, 40, 80, 128, 256],
  });
