import { Environment, Replicas } from 'cdk8s-golden-path';
import { type Construct } from 'constructs';

/** What differs between the environments, in one place. */
export interface StageProps {
  /** The domain of everything that is public. */
  readonly domain: string;
  /** The pods of a service that says nothing. */
  readonly replicas: Replicas;
  /** How much is logged. */
  readonly logLevel: 'debug' | 'info';
}

/** An environment of Acme. */
export class Stage extends Environment {
  public static readonly ALL: { readonly [name: string]: StageProps } = {
    dev: { domain: 'dev.acme.example', replicas: Replicas.fixed(1), logLevel: 'debug' },
    staging: { domain: 'staging.acme.example', replicas: Replicas.fixed(2), logLevel: 'info' },
    production: { domain: 'acme.example', replicas: Replicas.autoscaled({ min: 3, max: 12, cpuUtilization: 60 }), logLevel: 'info' },
  };

  public constructor(scope: Construct, name: string, public readonly props: StageProps) {
    super(scope, name, { domain: props.domain, labels: { 'acme.example/stage': name } });
  }
}
