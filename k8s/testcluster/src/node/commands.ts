import { join } from 'node:path';
import { type Layout, network } from '../layout.ts';

const flags = (values: Record<string, string | boolean | number>): string[] =>
  Object.entries(values).map(([name, value]) => `--${name}=${value}`);

/** Arguments of `kubernetes`, part by part. */
export const commands = {
  etcd: (layout: Layout) => [
    'etcd',
    ...flags({
      'data-dir': join(layout.root, 'etcd'),
      'listen-client-urls': 'http://127.0.0.1:2379',
      'advertise-client-urls': 'http://127.0.0.1:2379',
      'listen-peer-urls': 'http://127.0.0.1:2380',
      'log-level': 'warn',
      // Nobody minds losing this cluster with the power.
      'unsafe-no-fsync': true,
    }),
  ],

  'kube-apiserver': (layout: Layout) => {
    const pki = (file: string) => join(layout.pki, file);
    return [
      'kube-apiserver',
      ...flags({
        'advertise-address': network.nodeIp,
        'bind-address': network.nodeIp,
        'secure-port': 6443,
        'etcd-servers': 'http://127.0.0.1:2379',
        'service-cluster-ip-range': network.services,
        'allow-privileged': true,
        'authorization-mode': 'Node,RBAC',
        'client-ca-file': pki('ca.crt'),
        'tls-cert-file': pki('apiserver.crt'),
        'tls-private-key-file': pki('apiserver.key'),
        'service-account-issuer': `https://kubernetes.default.svc.${network.domain}`,
        'service-account-key-file': pki('sa.pub'),
        'service-account-signing-key-file': pki('sa.key'),
        'kubelet-client-certificate': pki('apiserver-kubelet.crt'),
        'kubelet-client-key': pki('apiserver-kubelet.key'),
        'kubelet-preferred-address-types': 'InternalIP',
        'requestheader-client-ca-file': pki('front-proxy-ca.crt'),
        'requestheader-allowed-names': 'front-proxy',
        'requestheader-username-headers': 'X-Remote-User',
        'requestheader-group-headers': 'X-Remote-Group',
        'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
        'proxy-client-cert-file': pki('front-proxy.crt'),
        'proxy-client-key-file': pki('front-proxy.key'),
        'enable-aggregator-routing': true,
      }),
    ];
  },

  'kube-controller-manager': (layout: Layout) => [
    'kube-controller-manager',
    ...flags({
      ...asMember(layout, 'kube-controller-manager'),
      'root-ca-file': join(layout.pki, 'ca.crt'),
      'service-account-private-key-file': join(layout.pki, 'sa.key'),
      'cluster-signing-cert-file': join(layout.pki, 'ca.crt'),
      'cluster-signing-key-file': join(layout.pki, 'ca.key'),
      'use-service-account-credentials': true,
      'allocate-node-cidrs': false,
      // It would make the usual folder on this machine.
      'flex-volume-plugin-dir': join(layout.root, 'kubelet-plugins'),
      // Autoscaling is tested in seconds, not in the minutes that suit production.
      'horizontal-pod-autoscaler-sync-period': '5s',
      'horizontal-pod-autoscaler-downscale-stabilization': '30s',
      'horizontal-pod-autoscaler-cpu-initialization-period': '10s',
      'horizontal-pod-autoscaler-initial-readiness-delay': '5s',
    }),
  ],

  'kube-scheduler': (layout: Layout) => ['kube-scheduler', ...flags(asMember(layout, 'kube-scheduler'))],

  kubelet: (layout: Layout) => [
    'kubelet',
    ...flags({
      config: join(layout.config, 'kubelet.json'),
      kubeconfig: join(layout.pki, 'kubelet.conf'),
      'root-dir': join(layout.root, 'kubelet'),
      'cert-dir': join(layout.pki, 'kubelet'),
      'hostname-override': network.nodeName,
      'node-ip': network.nodeIp,
    }),
  ],

  'kube-proxy': (layout: Layout) => ['kube-proxy', ...flags({ config: join(layout.config, 'kube-proxy.json') })],
} as const;

const asMember = (layout: Layout, name: string) => {
  const conf = join(layout.pki, `${name}.conf`);
  return {
    kubeconfig: conf,
    'authentication-kubeconfig': conf,
    'authorization-kubeconfig': conf,
    'bind-address': '127.0.0.1',
    'leader-elect': false,
  };
};
