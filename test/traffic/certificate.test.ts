import { Chart, Duration, Testing } from 'cdk8s';
import {
  Certificate, CertificateIssuer, type CertificateProps, CertificateUsage, IngressRoute, KeyAlgorithm, KeyEncoding, KeyRotation, Platform,
  RouteTarget, RouteTls,
} from '../../lib';
import { containerOf, finding, findings, manifestOf, orders, podOf, shop as bareShop } from '../support/services';

const shop = () => bareShop({ certificateIssuer: CertificateIssuer.clusterIssuer('letsencrypt'), ingressClass: 'traefik', domain: 'example.com' });

function specOf(props: CertificateProps): any {
  const chart = shop();
  new Certificate(chart, 'web', props);
  expect(findings(chart)).toEqual([]);
  return manifestOf(chart, 'Certificate').spec;
}

function foundIn(props: CertificateProps): string[] {
  const chart = shop();
  new Certificate(chart, 'web', props);
  return findings(chart);
}

const dnsNames = ['shop.example.com'];
const fault = (code: string, property: string, message: string, remedy: string) => finding('error', code, `shop/web ${property}`, message, remedy);

test('the whole manifest', () => {
  const chart = shop();
  new Certificate(chart, 'web', {
    name: 'web-certificate',
    dnsNames: ['shop.example.com', '*.example.org'],
    ipAddresses: ['203.0.113.7', '2001:db8::1'],
    uris: ['spiffe://cluster.local/ns/shop/sa/web'],
    commonName: 'shop.example.com',
    issuer: CertificateIssuer.external('awspca.cert-manager.io', 'AWSPCAIssuer', 'root'),
    secretName: 'web-certificate',
    duration: Duration.days(30),
    renewBefore: Duration.hours(36),
    usages: [CertificateUsage.SERVER_AUTH, CertificateUsage.CLIENT_AUTH, CertificateUsage.DIGITAL_SIGNATURE],
    privateKey: { algorithm: KeyAlgorithm.ECDSA, size: 384, encoding: KeyEncoding.PKCS8, rotation: KeyRotation.ALWAYS },
    isCa: true,
    labels: { team: 'shop' },
    annotations: { 'example.com/owner': 'shop' },
    fields: { secretTemplate: { labels: { synced: 'yes' } }, revisionHistoryLimit: 3, privateKey: { size: 521 } },
  });
  expect(findings(chart)).toEqual([]);
  expect(manifestOf(chart, 'Certificate')).toMatchSnapshot();
});

describe('issuers', () => {
  test('that of the platform, and others', () => {
    const issuerRef = (issuer?: CertificateIssuer) => specOf({ dnsNames, ...issuer && { issuer } }).issuerRef;
    expect(issuerRef()).toEqual({ kind: 'ClusterIssuer', name: 'letsencrypt' });
    expect(issuerRef(CertificateIssuer.issuer('internal'))).toEqual({ kind: 'Issuer', name: 'internal' });
  });

  test('none', () => {
    const chart = bareShop();
    new Certificate(chart, 'web', { dnsNames });
    expect(findings(chart)).toEqual([fault('issuer-missing', 'issuer', 'Neither the certificate nor the platform names an issuer.',
      "Set Platform.certificateIssuer, for example CertificateIssuer.clusterIssuer('letsencrypt'); nothing is chosen for you.")]);
  });

  test('that are none', () => {
    expect(foundIn({ dnsNames, issuer: CertificateIssuer.external('AWS PCA', 'Issuer', 'Root') })).toEqual([
      fault('invalid-name', 'issuer', "'Root' cannot be the name of an Issuer.", 'Write it as the Issuer has it in its metadata.name: lower-case letters, digits, dashes and dots.'),
      fault('invalid-name', 'issuer', "'AWS PCA' is not an API group.", "Write it as in its apiVersion, for example 'awspca.cert-manager.io'."),
    ]);
    expect(findings(bareShop({ certificateIssuer: CertificateIssuer.clusterIssuer('Root') }))).toEqual([finding('error', 'invalid-name', 'shop/Platform certificateIssuer',
      "'Root' cannot be the name of a ClusterIssuer.", 'Write it as the ClusterIssuer has it in its metadata.name: lower-case letters, digits, dashes and dots.')]);
  });
});

describe('what is refused', () => {
  test.each<[CertificateProps, string, string, string, string]>([
    [{}, 'invalid-value', 'dnsNames', 'The certificate is for nobody.', "Name a host, for example dnsNames: ['shop.example.com']."],
    [{ dnsNames: ['Shop'] }, 'invalid-host', 'dnsNames[0]', "'Shop' is not a host name.", "Write it in lower case without scheme and port, for example 'shop.example.com'."],
    [{ ipAddresses: ['shop'] }, 'invalid-value', 'ipAddresses[0]', "'shop' is not an address.", "Write for example '203.0.113.7'; a host name belongs into dnsNames."],
    [{ uris: ['shop'] }, 'invalid-value', 'uris[0]', "'shop' is not a URI.", "Write it with its scheme, for example 'spiffe://cluster.local/ns/shop/sa/orders'."],
    [{ commonName: 'x'.repeat(65) }, 'invalid-value', 'commonName', 'A common name has 1 to 64 characters, and this one 65.', 'Shorten it, or leave it out: dnsNames are what clients read.'],
    [{ dnsNames, duration: Duration.minutes(59) }, 'invalid-value', 'duration', 'cert-manager asks for no certificate that is good for less than an hour.', 'Write at least Duration.hours(1).'],
    [{ dnsNames, renewBefore: Duration.minutes(4) }, 'invalid-value', 'renewBefore', 'cert-manager renews five minutes before the end at the latest.', 'Write at least Duration.minutes(5).'],
    [{ dnsNames, renewBefore: Duration.days(90) }, 'conflicting-options', 'renewBefore', 'The certificate would be renewed before it is good.', 'Write less than the 90 days that it is good for.'],
    [{ dnsNames, duration: Duration.hours(2), renewBefore: Duration.hours(2) }, 'conflicting-options', 'renewBefore', 'The certificate would be renewed before it is good.', "Write less than 'duration'."],
    [{ dnsNames, privateKey: { size: 1024 } }, 'invalid-value', 'privateKey.size', 'A key of the kind RSA has not 1024 bits.', 'Write 2048 to 8192.'],
    [{ dnsNames, privateKey: { algorithm: KeyAlgorithm.ECDSA, size: 2048 } }, 'invalid-value', 'privateKey.size', 'A key of the kind ECDSA has not 2048 bits.', 'Write one of 256, 384, 521.'],
    [{ dnsNames, privateKey: { algorithm: KeyAlgorithm.ED25519, size: 256 } }, 'invalid-value', 'privateKey.size', 'A key of the kind Ed25519 has not 256 bits.', 'Leave it out.'],
    [{ dnsNames, privateKey: { algorithm: KeyAlgorithm.ED25519, encoding: KeyEncoding.PKCS1 } }, 'conflicting-options', 'privateKey.encoding', 'PKCS1 cannot hold an Ed25519 key.', 'Write KeyEncoding.PKCS8, or leave it out.'],
    [{ dnsNames, secretName: 'A' }, 'invalid-name', 'secretName', "'A' cannot be the name of a Secret.", 'Write it as the Secret has it in its metadata.name: lower-case letters, digits, dashes and dots.'],
    [{ dnsNames, fields: { ['secret' as any]: 'x' } }, 'unknown-field', 'fields.secret', "CertificateSpec has no field 'secret'.", "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'."],
  ])('%j', (props, code, property, message, remedy) => {
    expect(foundIn(props)).toEqual([fault(code, property, message, remedy)]);
  });

  test('names that only the fields say are names', () => {
    expect(specOf({ fields: { emailAddresses: ['shop@example.com'] } }).emailAddresses).toEqual(['shop@example.com']);
  });

  test('a Secret of two certificates', () => {
    const chart = shop();
    new Certificate(chart, 'first', { dnsNames, secretName: 'tls' });
    new Certificate(chart, 'web', { dnsNames, secretName: 'tls' });
    expect(findings(chart)).toEqual([fault('duplicate-name', 'secretName',
      "The Secret 'tls' is that of the certificate 'shop/first' already; cert-manager would issue both in turns for ever.", "Give one of them another 'secretName'.")]);
  });
});

describe('its Secret', () => {
  test('as files of a pod, read only', () => {
    const chart = shop();
    const certificate = new Certificate(chart, 'web', { dnsNames });
    orders(chart, { volumes: { '/data/cert': certificate.asFiles() } });
    expect(findings(chart)).toEqual([]);
    expect(podOf(chart).spec.volumes).toContainEqual({ name: 'web-tls', secret: { secretName: 'web-tls', defaultMode: 0o440 } });
    expect(containerOf(chart).volumeMounts).toContainEqual({ name: 'web-tls', mountPath: '/data/cert', readOnly: true });
    expect(podOf(chart).spec.securityContext.fsGroup).toBe(65532);
  });

  test('some of its keys', () => {
    const filesOf = (props: Partial<CertificateProps>, key: string) => {
      const chart = shop();
      orders(chart, { volumes: { '/tls': new Certificate(chart, 'web', { dnsNames, ...props }).asFiles({ items: { file: key } }) } });
      return findings(chart);
    };
    expect(filesOf({}, 'tls.crt')).toEqual([]);
    expect(filesOf({}, 'tls.pem')).toEqual([finding('error', 'unknown-key', "shop/orders volumes['/tls'].items['file']",
      "The Secret 'web-tls' has no key 'tls.pem'; it has 'ca.crt', 'tls.crt', 'tls.key'.", "Write one of its keys: 'ca.crt', 'tls.crt', 'tls.key'.")]);
    expect(filesOf({ fields: { additionalOutputFormats: [{ type: 'CombinedPEM' }] } }, 'tls-combined.pem')).toEqual([]);
  });

  test('served by a route', () => {
    const chart = shop();
    const certificate = new Certificate(chart, 'web', { dnsNames: ['shop.example.com', '*.example.org'] });
    new IngressRoute(chart, 'public', {
      host: 'shop', hosts: ['a.example.org'], tls: RouteTls.certificate(certificate), paths: [{ path: '/', to: RouteTarget.service('web', 80) }],
    });
    expect(findings(chart)).toEqual([]);
    const ingress = manifestOf(chart, 'Ingress');
    expect(ingress.spec.tls).toEqual([{ hosts: ['shop.example.com', 'a.example.org'], secretName: 'web-tls' }]);
    expect(JSON.stringify(ingress.metadata.annotations ?? {})).not.toContain('cert-manager.io');
  });

  test.each(['other.example.com', 'a.b.example.org'])('of a route for %s, which it does not cover', host => {
    const chart = shop();
    const certificate = new Certificate(chart, 'web', { dnsNames: ['shop.example.com', '*.example.org'] });
    new IngressRoute(chart, 'public', { host, tls: RouteTls.certificate(certificate), paths: [{ path: '/', to: RouteTarget.service('web', 80) }] });
    expect(findings(chart)).toEqual([finding('error', 'conflicting-options', 'shop/public tls', `The certificate 'shop/web' is not for the host '${host}'.`, `Add '${host}' to its dnsNames.`)]);
  });

  test('of a route in another namespace', () => {
    const app = Testing.app();
    new Platform(app, { ingressClass: 'traefik', certificateIssuer: CertificateIssuer.issuer('a') });
    const certificate = new Certificate(new Chart(app, 'edge', { namespace: 'edge' }), 'web', { dnsNames });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new IngressRoute(chart, 'public', { host: dnsNames[0], tls: RouteTls.certificate(certificate), paths: [{ path: '/', to: RouteTarget.service('web', 80) }] });
    expect(findings(chart)).toEqual([finding('error', 'conflicting-options', 'shop/public tls',
      "The certificate 'edge/web' lies in the namespace 'edge', and an Ingress reads Secrets of its own alone, 'shop'.", 'Make the certificate in the chart of the route.')]);
  });
});
