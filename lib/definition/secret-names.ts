export function looksLikeSecret(name: string): boolean {
  return /(^|[_.-])(password|passwd|secret|token|api_?key)$/i.test(name);
}
export function holdsCredentials(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/@:]*:[^/@$]+@/i.test(value);
}
