import { erasedPersonName, nameless } from '@muster/contracts';

interface Told {
  title: string;
  data: Record<string, unknown>;
}

/** A notification to others without the person it names. */
export function forgetInNotice({ title, data }: Told, personId: string): Told {
  const about = [data.userId, data.employeeId].includes(personId);
  const { name } = data;
  const actor = data.actor as { id?: unknown } | undefined;
  const by = actor?.id === personId ? { actor: nameless(actor) } : {};
  if (!about) return { title, data: { ...data, ...by } };
  const known = typeof name === 'string' && name !== '';
  return {
    title: known ? title.replaceAll(name, erasedPersonName) : title,
    data: { ...data, ...(known ? { name: erasedPersonName } : {}), ...by },
  };
}
