import type { ApiServerOptions, DnsOptions, PlatformProps } from './platform-props';
import { checkPolicy } from './policy';
import { isCidr, isIpAddress } from '../definition/address';
import { isReference, isRepository } from '../definition/container-image';
import { checkGateway } from '../definition/gateway-reference';
import { checkAnnotations, checkLabels, checkNamespaceName, checkReference, isHostName } from '../definition/naming';
import { checkPortNumber } from '../definition/port';
import { type Report, within } from '../diagnostics/report';

/** What is wrong with the decisions of a platform by themselves. */
export function checkPlatform(props: PlatformProps, report: Report): void {
  const { registry, ingressClass, domain, dns = {}, partOf, dockerfileFrontend } = props;
  props.kubernetesVersion?._check(report);
  props.resources?._render(within(report, 'resources'));
  checkLabels(props.labels, 'labels', report);
  checkAnnotations(props.annotations, 'annotations', report);
  if (registry !== undefined && !isRepository(`${registry}/image`)) {
    report({
      code: 'invalid-image',
      property: 'registry',
      message: `'${registry}' is not a registry.`,
      remedy: "Write its host and path in lower case, without scheme and without a slash at the end, for example 'ghcr.io/acme'.",
    });
  }
  if (dockerfileFrontend && !isReference(dockerfileFrontend)) {
    report({
      code: 'invalid-image',
      property: 'dockerfileFrontend',
      message: `'${dockerfileFrontend}' is not an image reference.`,
      remedy: "Write the image of the frontend, for example 'registry.acme.com/docker/dockerfile:1', or '' for the builder's own.",
    });
  }
  if (domain !== undefined && !isHostName(domain)) {
    report({
      code: 'invalid-host',
      property: 'domain',
      message: `'${domain}' is not a domain.`,
      remedy: "Write it in lower case without dots at the ends, for example 'example.com'.",
    });
  }
  if (ingressClass !== undefined) {
    checkReference(ingressClass, 'IngressClass', 'ingressClass', report);
  }
  if (partOf !== undefined) {
    checkLabels({ 'app.kubernetes.io/part-of': partOf }, 'partOf', fault => report({ ...fault, property: 'partOf' }));
  }
  const { ingressNamespace, monitoringNamespace } = props;
  for (const [property, namespace] of Object.entries({ ingressNamespace, monitoringNamespace, 'dns.namespace': dns.namespace })) {
    checkNamespaceName(namespace, property, report);
  }
  checkDns(dns, within(report, 'dns'));
  if (props.gateway) {
    checkGateway(props.gateway, within(report, 'gateway'));
  }
  props.certificateIssuer?._check('certificateIssuer', report);
  checkLabels(props.monitorLabels, 'monitorLabels', report);
  const { lockFile } = props.imageBuilds ?? {};
  if (lockFile !== undefined && !/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\]+\.json$/.test(lockFile)) {
    report({
      code: 'invalid-value',
      property: 'imageBuilds.lockFile',
      message: `'${lockFile}' is not a lock file below the working directory.`,
      remedy: "Write a relative path that ends in '.json', for example 'images.lock.json'.",
    });
  }
  if (props.apiServer) {
    checkApiServer(props.apiServer, within(report, 'apiServer'));
  }
  if (props.policy) {
    checkPolicy(props.policy, within(report, 'policy'));
  }
}

function checkApiServer({ cidrs, port }: ApiServerOptions, report: Report): void {
  if (cidrs.length === 0) {
    report({ code: 'invalid-value', property: 'cidrs', message: 'An empty list admits no address.', remedy: "Name the addresses, or leave 'apiServer' out." });
  }
  cidrs.filter(cidr => !isCidr(cidr)).forEach(cidr =>
    report({ code: 'invalid-value', property: 'cidrs', message: `'${cidr}' is not a range of addresses.`, remedy: "Write for example '10.0.0.0/28', or '10.0.0.7/32' for one address." }));
  if (port !== undefined) {
    checkPortNumber(port, 'port', report);
  }
}

function checkDns({ podLabels, port, nodeLocalAddress }: DnsOptions, report: Report): void {
  checkLabels(podLabels, 'podLabels', report);
  if (port !== undefined) {
    checkPortNumber(port, 'port', report);
  }
  if (nodeLocalAddress !== undefined && !isIpAddress(nodeLocalAddress)) {
    report({
      code: 'invalid-value',
      property: 'nodeLocalAddress',
      message: `'${nodeLocalAddress}' is not an IP address.`,
      remedy: "Write the address that NodeLocal DNSCache listens on, for example '169.254.20.10'.",
    });
  }
}
