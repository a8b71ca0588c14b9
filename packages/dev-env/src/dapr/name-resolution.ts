/**
 * A Configuration that tells a sidecar where every app is, by the template of the `kubernetes` resolver. The default,
 * mDNS, knows apps by name only: two platforms on one machine would call each other's services.
 */
export function nameResolution(addresses: Record<string, number>): string {
  const cases = Object.entries(addresses).map(
    ([app, port], index) => `{{${index === 0 ? 'if' : 'else if'} eq .ID "${app}"}}127.0.0.1:${port}`,
  );
  const template = cases.length > 0 ? `${cases.join('')}{{end}}` : '127.0.0.1:1';
  return `apiVersion: dapr.io/v1alpha1
kind: Configuration
metadata:
  name: local
spec:
  nameResolution:
    component: kubernetes
    version: v1
    configuration:
      template: '${template}'
`;
}
