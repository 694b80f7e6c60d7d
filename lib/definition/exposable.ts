import type { IConstruct } from 'constructs';
import { type Port } from './port';

/** The Service that a workload has of its own. */
export interface ExposedService {
  /** Its name. */
  readonly name: string;
  /** The labels that it carries itself. */
  readonly labels: { [label: string]: string };
  /**
   * A label that it does not carry, while another Service with the same labels does.
   *
   * @default - there is no such Service
   */
  readonly lacksLabel?: string;
  /** The ports that it offers, the main one first. */
  readonly ports: Port[];
}

/** The pods of one workload. */
export interface ExposedPods {
  /** The labels that select the pods. */
  readonly labels: { [label: string]: string };
  /** The ports of all long-running containers, the main one first. */
  readonly ports: Port[];
  /**
   * The port that monitoring scrapes.
   *
   * @default - none
   */
  readonly metricsPort?: Port;
  /**
   * The Service of its own.
   *
   * @default - it has none
   */
  readonly service?: ExposedService;
}

/** Something that runs pods, which further Services can lead to and monitoring can scrape. */
export interface IExposable extends IConstruct {
  /** Its name. */
  readonly name: string;
  /** Its pods. */
  toExposedPods(): ExposedPods;
}
