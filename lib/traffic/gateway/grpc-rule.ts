import { checkShares, placeBackends, renderBackend } from './gateway-backend';
import { placeMirrors, renderFilters } from './gateway-filters';
import type { ClaimedMatch, GatewayRule } from './gateway-rule';
import { isRegularExpression, renderValueMatches } from './gateway-values';
import type { GrpcRouteMatch, GrpcRouteRule } from './grpc-route-props';
import { compact, compactOrNone, type Json } from '../../definition/json';
import { mergeFields } from '../../definition/pass-through';
import { type Report, silent, within } from '../../diagnostics/report';

/** https://github.com/kubernetes-sigs/gateway-api/blob/main/apis/v1/grpcroute_types.go */
const SERVICE = /^\.?[A-Za-z_][A-Za-z_0-9]*(\.[A-Za-z_][A-Za-z_0-9]*)*$/;
const METHOD = /^[A-Za-z_][A-Za-z_0-9]*$/;

/** A rule of a GRPCRoute. */
export function grpcRule(rule: GrpcRouteRule, property: string): GatewayRule {
  const matches = [rule, ...rule.alsoMatches ?? []];
  const backends = placeBackends(rule, property);
  const mirrors = placeMirrors(rule, property);
  return {
    property,
    matches: matches.map(claimOf),
    backends,
    mirrors,
    render: (minor, report) => {
      checkShares(rule, false, report);
      const rendered = matches.map((match, index) => renderMatch(match, index === 0 ? report : within(report, `alsoMatches[${index - 1}]`)));
      return mergeFields('GRPCRouteRule', compact({
        // A match that demands nothing takes every call, as no match at all does.
        matches: rendered.some(match => match === undefined) ? undefined : rendered,
        filters: renderFilters(rule, [], mirrors, report),
        backendRefs: backends.map(backend => renderBackend(backend, silent)),
      }), rule.fields, minor, within(report, 'fields'));
    },
  };
}

function renderMatch(match: GrpcRouteMatch, report: Report): Json | undefined {
  const { service, method, regularExpression = false, headers, headerPatterns } = match;
  for (const [property, text, pattern] of [['service', service, SERVICE], ['method', method, METHOD]] as const) {
    if (text !== undefined && !(regularExpression ? isRegularExpression(text) : pattern.test(text))) {
      report({
        code: 'invalid-value',
        property,
        message: regularExpression ? `'${text}' is not a regular expression.` : `'${text}' is not the name of a gRPC ${property}.`,
        remedy: regularExpression ? "Close every group and class; write '\\.' for a dot."
          : `Write it as the .proto file has it, for example ${property === 'service' ? "'shop.Orders'" : "'Place'"}.`,
      });
    }
  }
  const named = compactOrNone({ service, method });
  return compactOrNone({
    method: named && { ...regularExpression && { type: 'RegularExpression' }, ...named },
    headers: renderValueMatches(headers, headerPatterns, ['headers', 'headerPatterns'], report),
  });
}

function claimOf(match: GrpcRouteMatch): ClaimedMatch {
  const { service, method } = match;
  const text = service === undefined && method === undefined ? '' : `/${service ?? '*'}/${method ?? '*'}`;
  return { key: JSON.stringify(renderMatch(match, silent) ?? {}), text };
}
