import { ComponentType } from '@cyclonedx/cyclonedx-library/Enums';
import { Bom, Component, LicenseExpression, SpdxLicense } from '@cyclonedx/cyclonedx-library/Models';
import { JSON as Json, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize';
import { isSupportedSpdxId } from '@cyclonedx/cyclonedx-library/SPDX';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import type { InstalledPackage } from './packages.ts';

/** CycloneDX 1.6 of one service: what was really bundled, and nothing that was only installed. */
export function billOfMaterials(
  own: { name: string; version: string },
  packages: readonly Pick<InstalledPackage, 'name' | 'version' | 'license'>[],
): string {
  const bom = new Bom();
  const root = new Component(ComponentType.Application, own.name, { version: own.version, bomRef: own.name });
  bom.metadata.component = root;
  const node = { name: 'node', version: process.versions.node, license: 'MIT' };
  for (const { name, version, license } of [node, ...packages]) {
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    const component = new Component(ComponentType.Library, name, { version, purl, bomRef: purl });
    if (license) {
      component.licenses.add(isSupportedSpdxId(license) ? new SpdxLicense(license) : new LicenseExpression(license));
    }
    bom.components.add(component);
    root.dependencies.add(component.bomRef);
  }
  const serializer = new JsonSerializer(new Json.Normalize.Factory(Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 1 })}\n`;
}
