import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Layout, network } from '../layout.ts';
import type { SystemParts } from '../tools/ensure-system-packages.ts';

/** Image that holds a pod's namespaces open; ours, since there is no registry to pull the usual one from. */
export const pauseImage = 'localhost/muster-testcluster/pause:1';

/** Writes the configuration files of containerd, CNI, kubelet and kube-proxy. */
export async function writeNodeConfig(layout: Layout, system: SystemParts): Promise<void> {
  const cni = join(layout.config, 'cni');
  await mkdir(cni, { recursive: true });
  const put = (name: string, content: unknown) =>
    writeFile(
      join(layout.config, name),
      typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`,
    );
  await put('containerd.toml', containerd(layout, system, cni));
  await put('cni/10-bridge.conflist', bridge);
  await put('resolv.conf', `nameserver ${network.nodeIp}\n`);
  await put('kubelet.json', kubelet(layout));
  await put('kube-proxy.json', kubeProxy(layout));
}

const containerd = (layout: Layout, system: SystemParts, cni: string) => `version = 2
root = "${layout.root}/containerd"
state = "/run/containerd"
oom_score = 0
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  # The machine may not let us lower anybody's score.
  restrict_oom_score_adj = true
  disable_apparmor = true
  enable_unprivileged_ports = true
  enable_unprivileged_icmp = true
[plugins."io.containerd.grpc.v1.cri".containerd]
  snapshotter = "overlayfs"
  default_runtime_name = "runc"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  BinaryName = "${system.runc}"
  SystemdCgroup = false
[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "${system.cniPlugins}"
  conf_dir = "${cni}"
[plugins."io.containerd.grpc.v1.cri".registry]
  config_path = "${layout.config}/registries"
`;

const bridge = {
  cniVersion: '0.4.0',
  name: 'pods',
  plugins: [
    {
      type: 'bridge',
      bridge: 'cni0',
      isGateway: true,
      ipMasq: false,
      hairpinMode: true,
      ipam: {
        type: 'host-local',
        dataDir: '/run/cni-ipam',
        ranges: [[{ subnet: network.pods }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

const kubelet = (layout: Layout) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  failCgroupV1: false,
  failSwapOn: false,
  cgroupDriver: 'cgroupfs',
  cgroupRoot: `/${layout.cgroup}`,
  enforceNodeAllocatable: [],
  oomScoreAdj: 0,
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
  clusterDNS: [network.dns],
  clusterDomain: network.domain,
  resolvConf: join(layout.config, 'resolv.conf'),
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: join(layout.pki, 'ca.crt') },
  },
  authorization: { mode: 'Webhook' },
  tlsCertFile: join(layout.pki, 'kubelet.crt'),
  tlsPrivateKeyFile: join(layout.pki, 'kubelet.key'),
  podLogsDir: join(layout.root, 'pod-logs'),
  volumePluginDir: join(layout.root, 'kubelet-plugins'),
  // The disk is the machine's own: how full it is, is not the cluster's business.
  evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  nodeStatusUpdateFrequency: '5s',
  syncFrequency: '10s',
});

const kubeProxy = (layout: Layout) => ({
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: 'iptables',
  clientConnection: { kubeconfig: join(layout.pki, 'kube-proxy.conf') },
  clusterCIDR: network.allPods,
  hostnameOverride: network.nodeName,
  bindAddress: network.nodeIp,
  healthzBindAddress: '127.0.0.1:10256',
  metricsBindAddress: '127.0.0.1:10249',
  oomScoreAdj: 0,
  // Zero leaves the machine's connection tracking as it is.
  conntrack: { maxPerCore: 0, min: 0 },
});
