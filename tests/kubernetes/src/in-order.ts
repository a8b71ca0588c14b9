import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A file that is not named here runs before `uninstall`. */
const order = [
  'refusals',
  'manifests',
  'install',
  'front-door',
  'around-the-sidecar',
  'access-list',
  'scaling',
  'rolling',
  'bad-release',
];

/** What a release goes through, in the order of its life; `uninstall` ends it. */
export class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files].sort((left, right) => place(left) - place(right));
  }
}

function place({ moduleId }: TestSpecification): number {
  const name = basename(moduleId, '.test.ts');
  if (name === 'uninstall') return order.length + 1;
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}
