import { Duration } from 'cdk8s';
import { GoImage, GoStyleMicroservice, type GoStyleMicroserviceProps } from 'cdk8s-golden-path';
import { type Construct } from 'constructs';
import type { StageProps } from './stage';

/** What a team says of its service; the rest is how Acme does it. */
export interface AcmeServiceProps extends Omit<GoStyleMicroserviceProps, 'image' | 'metricsPort' | 'monitoring'> {
  /** Who is called when it fails. */
  readonly team: string;
  /** Where it runs. */
  readonly stage: StageProps;
}

/**
 * A service of Acme: a program of our Go module by the name of the service, with the label of its team, our log level and our monitoring.
 * Whatever a team gives itself wins.
 */
export class AcmeService extends GoStyleMicroservice {
  public constructor(scope: Construct, id: string, { team, stage, ...props }: AcmeServiceProps) {
    super(scope, id, {
      image: GoImage.fromModule('services', { main: `./cmd/${id}` }),
      metricsPort: 9090,
      monitoring: { interval: Duration.seconds(30) },
      replicas: stage.replicas,
      ...props,
      env: { LOG_LEVEL: stage.logLevel, ...props.env },
      labels: { 'acme.example/team': team, ...props.labels },
    });
  }
}
