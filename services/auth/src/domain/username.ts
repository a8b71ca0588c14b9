/** The username a new account gets when it is free: the e-mail's local part, if that makes a plain name. */
export function usernameOf(email: string): string | null {
  const local = email.slice(0, email.lastIndexOf('@')).toLowerCase();
  return /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/.test(local) ? local : null;
}
