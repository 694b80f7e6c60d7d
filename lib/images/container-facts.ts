import type { ContainerFacts } from './image-recipe';
import type { Json } from '../definition/json';

const PROBES = { readinessProbe: 'readiness', livenessProbe: 'liveness', startupProbe: 'startup' } as const;

/** What a container of a pod template asks of its image. */
export function containerFacts(container: Json): ContainerFacts {
  return {
    ...container.command && { command: container.command },
    probes: Object.entries(PROBES).flatMap(([field, role]) => {
      const command = container[field]?.exec?.command;
      return command ? [{ property: `health.${role}`, command }] : [];
    }),
    mounts: (container.volumeMounts ?? []).map(({ mountPath }: Json) => mountPath),
    readOnlyRoot: container.securityContext?.readOnlyRootFilesystem === true,
  };
}
