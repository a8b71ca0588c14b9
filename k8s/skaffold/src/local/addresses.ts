/** A Service of the cluster as an environment names it. */
export interface Address {
  service: string;
  port: number;
}

/** Every `service:port` of the namespace in the values: as the host of a URL, in a comma list, or alone. */
export function addressesIn(env: Record<string, string>, services: readonly string[], namespace: string): Address[] {
  const found = new Map<string, Address>();
  for (const value of Object.values(env)) {
    for (const service of services) {
      for (const { groups } of value.matchAll(pattern(service, namespace))) {
        const port = Number(groups?.port);
        found.set(`${service}:${port}`, { service, port });
      }
    }
  }
  return [...found.values()];
}

/** The values with those addresses replaced by ports of this machine. */
export function withLocalPorts(
  env: Record<string, string>,
  namespace: string,
  ports: readonly (Address & { localPort: number })[],
): Record<string, string> {
  const replaced = Object.entries(env).map(([name, value]) => {
    let text = value;
    for (const { service, port, localPort } of ports) {
      text = text.replace(pattern(service, namespace), (whole, given: string) =>
        Number(given) === port ? `127.0.0.1:${localPort}` : whole,
      );
    }
    return [name, text];
  });
  return Object.fromEntries(replaced) as Record<string, string>;
}

// After the @ of a password, the // of a URL, a comma, or at the start: a user name before its password is none.
const pattern = (service: string, namespace: string): RegExp =>
  new RegExp(
    `(?<=^|[/@,])${service}(?:\\.${namespace}(?:\\.svc(?:\\.cluster\\.local)?)?)?:(?<port>\\d+)(?=[/,?]|$)`,
    'g',
  );
