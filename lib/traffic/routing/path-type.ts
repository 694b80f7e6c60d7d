import { type Report } from '../../diagnostics/report';

/** How a path is compared with that of a request. */
export enum PathType {
  /**
   * Element by element: `/api` takes `/api` and `/api/orders`. Traefik compares character by character (so `/apis` as well) unless
   * `providers.kubernetesIngress.strictPrefixMatching` is on.
   */
  PREFIX = 'Prefix',
  /** The whole path. */
  EXACT = 'Exact',
  /** A regular expression from the start of the path on; not on Traefik. It becomes `ImplementationSpecific` and what the controller needs beside it. */
  REGULAR_EXPRESSION = 'RegularExpression',
  /** As the controller likes, written as it is. */
  IMPLEMENTATION_SPECIFIC = 'ImplementationSpecific',
}

const PLAIN_PATH = /^\/[A-Za-z0-9\-._~!&=:@%,/]*$/;
/** Neither spaces nor what ends a rule or directive of a controller. */
const NO_DELIMITERS = /^\/[^\s"'`;]*$/;
/** https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go */
const REFUSED_SEQUENCE = /\/\/|\/\.\.?(\/|$)|%2[fF]/;

/** Reports a path that the API server or the controller would refuse. */
export function checkPath(path: string, pathType: PathType, report: Report): void {
  const fault = faultOf(path, pathType);
  if (fault) {
    report({ code: 'invalid-path', property: 'path', ...fault });
  }
}

function faultOf(path: string, pathType: PathType): { message: string; remedy: string } | undefined {
  if (!path.startsWith('/')) {
    return { message: `'${path}' does not begin with a slash.`, remedy: `Write '/${path}'.` };
  }
  if (pathType === PathType.REGULAR_EXPRESSION || pathType === PathType.IMPLEMENTATION_SPECIFIC) {
    if (!NO_DELIMITERS.test(path)) {
      return { message: `'${path}' has a character that ends a rule of the controller.`, remedy: 'Leave out spaces, quotes and semicolons.' };
    }
    return pathType === PathType.REGULAR_EXPRESSION && !isRegularExpression(path)
      ? { message: `'${path}' is not a regular expression.`, remedy: "Close every group and class; write '\\.' for a dot." }
      : undefined;
  }
  if (REFUSED_SEQUENCE.test(path)) {
    return { message: `'${path}' is not in the normal form that Kubernetes asks for.`, remedy: "Leave out '//', '/./', '/../' and '%2F'." };
  }
  return PLAIN_PATH.test(path) ? undefined : {
    message: `'${path}' has characters that a plain path may not have.`,
    remedy: "Use letters, digits and '-._~!&=:@%,'; a regular expression needs pathType: PathType.REGULAR_EXPRESSION.",
  };
}

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Kubernetes ignores the slash at the end of a prefix. */
export function withoutTrailingSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}
