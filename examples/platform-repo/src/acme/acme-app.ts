import { Forbidden, ImageTag, KubernetesVersion, Platform, PlatformApp, type PlatformAppProps, Resources } from 'cdk8s-golden-path';

export const REGISTRY = 'ghcr.io/acme/shop';

/** An app of Acme: what holds for everything that we run, and what nobody may do. */
export class AcmeApp extends PlatformApp {
  public constructor(props: PlatformAppProps = {}) {
    super(props);
    new Platform(this, {
      registry: REGISTRY,
      // What the registry took, as the build wrote it down. Before a build, for tests and to write the Dockerfiles, it is this tag.
      imageTag: ImageTag.fromBakeMetadata('build.json', { otherwise: '0.0.0' }),
      kubernetesVersion: KubernetesVersion.of('1.31'),
      ingressClass: 'traefik',
      partOf: 'shop',
      resources: Resources.of({ cpu: '50m', memory: '64Mi' }),
      policy: {
        forbid: [Forbidden.HOST_ACCESS, Forbidden.WEAKENED_HARDENING, Forbidden.NODE_PORTS, Forbidden.UNRESTRICTED_EGRESS, Forbidden.BROAD_ACCESS],
        allowedRegistries: [REGISTRY],
        allowedDomains: ['acme.example'],
        maxReplicas: 20,
      },
    });
  }
}
