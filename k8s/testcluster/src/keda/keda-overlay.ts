/** Program → its Deployment, and where that looks for it in the image. */
export const kedaParts = {
  operator: { deployment: 'keda-operator', path: '/keda' },
  adapter: { deployment: 'keda-metrics-apiserver', path: '/keda-adapter' },
} as const;

/**
 * A kustomization over KEDA's own minimal one (no admission webhook) with our images, which nobody may pull, and with
 * the first look at readiness after a second. `base` is relative to where the kustomization will lie.
 */
export function kedaOverlay(base: string, images: Record<keyof typeof kedaParts, string>): object {
  const container = '/spec/template/spec/containers/0';
  const names = Object.keys(kedaParts) as (keyof typeof kedaParts)[];
  const patches = names.map((name) => {
    const operations = [
      { op: 'replace', path: `${container}/image`, value: images[name] },
      { op: 'replace', path: `${container}/imagePullPolicy`, value: 'Never' },
      { op: 'replace', path: `${container}/readinessProbe/initialDelaySeconds`, value: 1 },
      { op: 'add', path: `${container}/readinessProbe/periodSeconds`, value: 1 },
    ];
    // There is no webhook whose certificate it could look after.
    if (name === 'operator')
      operations.push({ op: 'add', path: `${container}/args/-`, value: '--enable-webhook-patching=false' });
    return { target: { kind: 'Deployment', name: kedaParts[name].deployment }, patch: JSON.stringify(operations) };
  });
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [`${base}/minimal`],
    patches,
  };
}
