import { connect, type Socket } from 'node:net';
import { joinConnections } from '@muster/images/dev';

const spares = 16;
// A connection that ends sooner found nobody at the other end.
const hopelessMs = 500;

export interface TakeOverOptions {
  /** Where the pod's door is reached. */
  doorPort: number;
  /** Where the service listens on this machine. */
  port: number;
  onLost: (reason: string) => void;
}

/**
 * Keeps spare connections to a pod's door; each that is spoken to is joined with a new one to the service here. Returns how to
 * let go, upon which the pod answers itself again.
 */
export function takeOver({ doorPort, port, onLost }: TakeOverOptions): () => void {
  const open = new Set<Socket>();
  let over = false;
  const end = (): void => {
    over = true;
    for (const socket of open) socket.destroy();
  };
  const offer = (): void => {
    if (over) return;
    const began = performance.now();
    const door = connect(doorPort, '127.0.0.1');
    let spare = true;
    open.add(door);
    door.on('error', () => {});
    door.once('close', () => {
      open.delete(door);
      if (!spare || over) return;
      if (performance.now() - began > hopelessMs) return offer();
      end();
      onLost('the pod has no door: it does not run a watching image (skaffold dev)');
    });
    // The one who comes in speaks first.
    door.once('readable', () => {
      if (door.readableLength === 0) return;
      spare = false;
      offer();
      const service = connect(port, '127.0.0.1');
      open.add(service);
      service.on('error', () => door.destroy());
      service.once('close', () => open.delete(service));
      joinConnections(door, service);
    });
  };
  for (let count = 0; count < spares; count++) offer();
  return end;
}
