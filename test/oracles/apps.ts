import { BACKING_APPS } from './apps/backing';
import type { FixtureApp } from './apps/fixture-app';
import { IMAGE_APPS } from './apps/images';
import { ROUTE_APPS } from './apps/routes';
import { SERVICE_APPS } from './apps/services';

/** The apps whose output is judged beside that of the examples: together they make the library emit all that it can. */
export const APPS: readonly FixtureApp[] = [...SERVICE_APPS, ...ROUTE_APPS, ...IMAGE_APPS, ...BACKING_APPS];
