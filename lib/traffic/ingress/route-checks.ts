import { Chart } from 'cdk8s';
import type { BackendUse } from './backend-uses';
import { disagreement } from './backend-uses';
import type { ControllerRenderer } from './controller-renderer';
import { type GroupedPath, type PathGroup, protocolOf } from './path-groups';
import type { RouteModel } from './route-model';
import { BackendProtocol, type RouteOptions } from './route-options';
import { isHostName } from '../../definition/naming';
import { type Report, within } from '../../diagnostics/report';
import type { Decisions } from '../../platform/platform';
import { checkBackend } from '../routing/backend-checks';
import { checkPath, PathType } from '../routing/path-type';
import { ANY_HOST, checkHosts, completeHost } from '../routing/route-hosts';

/** What a path of this route or another asks of a Service. */
export interface OtherUse {
  /** The path of the route's construct. */
  readonly route: string;
  readonly use: BackendUse;
}

/** Which option asks for an annotation of a Service. */
const OPTIONS_ON_SERVICES: readonly (readonly [part: string, option: keyof RouteOptions])[] = [
  ['service.serversscheme', 'backendProtocol'],
  ['service.serverstransport', 'timeouts'],
  ['service.sticky', 'stickySession'],
];

/** Reports everything about a route but its collisions with others. */
export function checkRoute(route: RouteModel, report: Report): void {
  const decisions = route.decisions();
  checkPaths(route, decisions, report);
  checkClass(route, decisions, report);
  checkTls(route, decisions, report);
  for (const { to, port, property } of route.paths) {
    checkBackend(route.construct, 'an Ingress', {
      to,
      ...port !== undefined && { port },
      property: property === 'defaultBackend' ? property : `${property}.to`,
      portProperty: port === undefined ? property : `${property}.port`,
    }, report);
  }
  for (const group of route.groups) {
    const inGroup = optionReport(group, report);
    route.reportOptions(group, inGroup);
    checkCombinations(route, group, inGroup, report);
    const renderer = route.renderer(decisions);
    if (renderer) {
      route.reportRendering(group, inGroup);
      checkForeignServices(route, group, renderer, inGroup);
    } else {
      checkUnknownController(route, group, decisions, report);
    }
  }
}

/** Reports where earlier paths, of this route or another, ask something else of the same Service. */
export function checkUses(route: RouteModel, path: GroupedPath, earlier: readonly OtherUse[], report: Report): void {
  const own = route.use(path);
  const renderer = route.renderer();
  const conflict = earlier.map(({ route: other, use }) => ({ other, use, keys: disagreement(use, own) })).find(({ keys }) => keys.length > 0);
  if (conflict && renderer) {
    const keys = conflict.keys.map(key => `'${key.slice(key.indexOf('/') + 1)}'`).join(', ');
    report({
      code: 'conflicting-options',
      property: path.property,
      message: `${renderer.title} applies ${keys} to ${renderer.backendScope === 'port' ? 'the port of a Service' : 'a Service'} as a whole, and '${conflict.other}' (${conflict.use.property}) says otherwise for '${path.to.toRouteBackend(path.port).serviceName}'.`,
      remedy: 'Give every path that leads to it the same options, most simply as options of the route, or let a Service of its own stand behind the path.',
    });
  }
}

function checkPaths({ paths, catchesRest, props }: RouteModel, { domain }: Decisions, report: Report): void {
  if (!catchesRest) {
    checkHosts(props.host, props.hosts, domain, report);
  }
  if (paths.length === 0) {
    report({ code: 'invalid-path', property: 'paths', message: 'The route leads nowhere.', remedy: "Give it a path, for example { path: '/', to: service }." });
  }
  paths.filter(({ property }) => property !== 'defaultBackend').forEach(({ path, pathType, property }) => checkPath(path, pathType, within(report, property)));
}

function checkClass(route: RouteModel, decisions: Decisions, report: Report): void {
  const ingressClass = route.ingressClass(decisions);
  if (ingressClass === undefined) {
    report({
      code: 'ingress-class-missing',
      property: 'ingressClass',
      message: 'Neither the route nor the platform names an ingress class.',
      remedy: "Set Platform.ingressClass, for example 'traefik', 'haproxy' or 'nginx'; nothing is chosen for you.",
    });
  } else if (route.props.ingressClass !== undefined && !isHostName(ingressClass)) {
    report({
      code: 'invalid-name',
      property: 'ingressClass',
      message: `'${ingressClass}' cannot be the name of an IngressClass.`,
      remedy: 'Write it as the IngressClass has it in its metadata.name: lower-case letters, digits, dashes and dots.',
    });
  }
}

function checkTls(route: RouteModel, { domain }: Decisions, report: Report): void {
  const { props: { tls }, name, hosts, namespace } = route;
  if (tls) {
    tls._check(name, namespace, hosts.filter(host => host !== ANY_HOST).map(host => completeHost(host, domain)), report);
    if (Object.keys(tls._annotations).length > 0 && hosts.every(host => host === ANY_HOST)) {
      report({
        code: 'conflicting-options',
        property: 'tls',
        message: 'cert-manager needs a name to certify, and the route is for every host.',
        remedy: "Name a host, or write RouteTls.secret('…') or RouteTls.controllerDefault().",
      });
    }
  } else {
    report({
      code: 'route-without-tls',
      property: 'tls',
      message: 'The route serves plain HTTP.',
      remedy: "Write tls: RouteTls.secret('…') or RouteTls.clusterIssuer('…'), or RouteTls.terminatedBefore() where a load balancer in front ends TLS.",
    });
  }
}

function checkCombinations({ props: { tls } }: RouteModel, group: PathGroup, inGroup: Report, report: Report): void {
  const { redirectToHttps, redirect, rewritePrefix } = group.options;
  if (redirectToHttps && !tls) {
    inGroup({ code: 'conflicting-options', property: 'redirectToHttps', message: 'The route has no TLS to send clients to.', remedy: "Give it tls, for example RouteTls.secret('…'), or drop redirectToHttps." });
  }
  if (redirect && rewritePrefix !== undefined) {
    inGroup({ code: 'conflicting-options', property: 'rewritePrefix', message: 'The path is redirected, so no service ever sees it.', remedy: 'Drop redirect or rewritePrefix.' });
  }
  for (const { pathType, property } of rewritePrefix === undefined ? [] : group.paths) {
    if (pathType !== PathType.PREFIX && pathType !== PathType.EXACT) {
      report({ code: 'conflicting-options', property, message: `rewritePrefix puts a text in place of a plain path, and this one is ${pathType}.`, remedy: 'Write PathType.PREFIX or EXACT, or drop rewritePrefix for the path.' });
    }
  }
  const [first, ...others] = group.paths.map(path => ({ path, protocol: protocolOf(path, group.options) }));
  const stranger = others.find(({ protocol }) => protocol !== first.protocol);
  if (stranger) {
    report({
      code: 'conflicting-options',
      property: stranger.path.property,
      message: `The path shares an Ingress with ${first.path.property}, but its port speaks ${stranger.protocol} and that one ${first.protocol}.`,
      remedy: 'Make the route after the ports are declared, or give the path options: { backendProtocol: … } of its own.',
    });
  }
}

/** What stands on a Service that this app does not make is for whoever makes it. */
function checkForeignServices(route: RouteModel, group: PathGroup, renderer: ControllerRenderer, inGroup: Report): void {
  const { onServices, objects } = route.render(group);
  for (const { to, port } of group.paths.filter(path => path.to.routedConstruct === undefined)) {
    for (const [part, option] of OPTIONS_ON_SERVICES) {
      const annotations = Object.entries(onServices).filter(([key]) => key.includes(`/${part}`));
      if (annotations.length > 0) {
        inGroup({
          code: 'unsupported-option',
          property: option,
          message: `${renderer.title} reads it from the Service '${to.toRouteBackend(port).serviceName}', which this app does not make.`,
          remedy: option === 'timeouts'
            ? 'Drop the option, and annotate that Service with a ServersTransport of its own.'
            : `Drop the option, and annotate that Service: ${annotations.map(([key, value]) => `${key}: "${value}"`).join(', ')}.`,
        });
      }
    }
  }
  if (objects.length > 0 && route.namespace === undefined) {
    inGroup({
      code: 'unsupported-option',
      property: 'namespace',
      message: `${renderer.title} finds the objects that options make by their namespace, and the chart names none.`,
      remedy: `Write new Chart(scope, '${Chart.of(route.construct).node.id}', { namespace: '…' }).`,
    });
  }
}

function checkUnknownController(route: RouteModel, group: PathGroup, decisions: Decisions, report: Report): void {
  const { annotations, ...options } = group.options;
  const needed = Object.entries(options).filter(([, value]) => value !== undefined).map(([option]) => option);
  if (group.options.backendProtocol === undefined && protocolOf(group.paths[0], group.options) !== BackendProtocol.HTTP) {
    needed.push('backendProtocol');
  }
  if (group.paths.some(({ pathType }) => pathType === PathType.REGULAR_EXPRESSION)) {
    needed.push('pathType');
  }
  const ingressClass = route.ingressClass(decisions);
  if (needed.length > 0 && ingressClass !== undefined) {
    report({
      code: 'unsupported-option',
      property: 'ingressClass',
      message: `Nobody says which controller serves the class '${ingressClass}', so these options cannot be written: ${needed.join(', ')}.`,
      remedy: `Say it at the platform: new Platform(scope, { ingressClass: '${ingressClass}', ingressController: IngressController.TRAEFIK }), or write what it needs as options.annotations.`,
    });
  }
}

/** A report that knows where the user wrote an option: at a path of the Ingress or at the route. */
function optionReport(group: PathGroup, report: Report): Report {
  return fault => {
    const property = fault.property ?? '';
    const option = property.split(/[.[]/)[0] as keyof RouteOptions;
    if (option in group.options) {
      const owner = group.paths.find(({ options }) => options?.[option] !== undefined);
      report({ ...fault, property: `${owner ? `${owner.property}.options` : 'options'}.${property}` });
    } else if ((option as string) === 'backendProtocol') {
      // Nobody wrote it: it comes from the port.
      report({ ...fault, property: group.paths[0].property });
    } else {
      report(fault);
    }
  };
}
