/**
 * What an `@example` in a doc comment of the library may take for granted: every name of the package, what one usually imports beside it,
 * and an app with a chart and some services.
 */
import { type Chart } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import type { GoStyleMicroservice, PlatformApp } from '../../lib';

export * from '../../lib';
export { ApiObject, App, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
export * as kplus from 'cdk8s-plus-27';
export { Construct } from 'constructs';

export declare const app: PlatformApp;
/** A chart of the app; `shop` is another, with the namespace `shop`. */
export declare const chart: Chart;
export declare const shop: Chart;
/** Services of the shop. */
export declare const orders: GoStyleMicroservice;
export declare const web: GoStyleMicroservice;
/** A workload of cdk8s-plus. */
export declare const deployment: kplus.Deployment;
