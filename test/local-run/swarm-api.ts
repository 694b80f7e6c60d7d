/** A field of a resource of Terraform, or of an object of the engine. */
type Fields = any;

const SECOND = 1e9;
const UNITS: { readonly [unit: string]: number } = { h: 3600, m: 60, s: 1 };

/** What the provider sends to the engine for a `docker_service`: the fields that stacks have. */
export function toSpec(service: Fields): Fields {
  const { task_spec: task, mode, endpoint_spec: endpoint } = service;
  const { container_spec: container, restart_policy: restart, resources = {}, placement = {} } = task;
  return {
    Name: service.name,
    Labels: Object.fromEntries((service.labels ?? []).map(({ label, value }: Fields) => [label, value])),
    TaskTemplate: {
      ContainerSpec: toContainerSpec(container),
      Resources: {
        ...resources.limits && { Limits: toAmounts(resources.limits) },
        ...resources.reservation && { Reservations: toAmounts(resources.reservation) },
      },
      RestartPolicy: {
        Condition: restart.condition, Delay: nanoseconds(restart.delay), MaxAttempts: restart.max_attempts, Window: nanoseconds(restart.window),
      },
      Placement: { Constraints: placement.constraints ?? [] },
      Networks: task.networks_advanced.map(({ name, aliases }: Fields) => ({ Target: name, Aliases: aliases })),
    },
    Mode: mode.global ? { Global: {} } : { Replicated: { Replicas: mode.replicated.replicas } },
    UpdateConfig: toUpdate(service.update_config),
    RollbackConfig: toUpdate(service.rollback_config),
    EndpointSpec: endpoint ? {
      Mode: endpoint.mode,
      Ports: endpoint.ports.map((port: Fields) => ({
        Protocol: port.protocol, TargetPort: port.target_port, PublishedPort: port.published_port, PublishMode: port.publish_mode,
      })),
    } : {},
  };
}

/** What the provider reads back of it: whatever differs from the resource would be changed at the next apply. */
export function fromSpec(spec: Fields): Fields {
  const { TaskTemplate: task, Mode: mode, EndpointSpec: endpoint = {} } = spec;
  const { RestartPolicy: restart, Resources: resources = {}, Placement: placement = {} } = task;
  const given = {
    ...resources.Limits && { limits: fromAmounts(resources.Limits) },
    ...resources.Reservations && { reservation: fromAmounts(resources.Reservations) },
  };
  return {
    name: spec.Name,
    ...Object.keys(spec.Labels ?? {}).length > 0 && { labels: Object.entries(spec.Labels).map(([label, value]) => ({ label, value })) },
    task_spec: {
      container_spec: fromContainerSpec(task.ContainerSpec),
      ...Object.keys(given).length > 0 && { resources: given },
      restart_policy: {
        condition: restart.Condition, delay: short(restart.Delay), max_attempts: restart.MaxAttempts, window: short(restart.Window),
      },
      ...(placement.Constraints ?? []).length > 0 && { placement: { constraints: placement.Constraints } },
      networks_advanced: task.Networks.map(({ Target: name, Aliases: aliases }: Fields) => ({ name, aliases })),
    },
    mode: mode.Global ? { global: true } : { replicated: { replicas: mode.Replicated.Replicas } },
    update_config: fromUpdate(spec.UpdateConfig),
    rollback_config: fromUpdate(spec.RollbackConfig),
    ...(endpoint.Ports ?? []).length > 0 && {
      endpoint_spec: {
        mode: endpoint.Mode,
        ports: endpoint.Ports.map((port: Fields) => ({
          protocol: port.Protocol, target_port: port.TargetPort, published_port: port.PublishedPort, publish_mode: port.PublishMode,
        })),
      },
    },
  };
}

function toContainerSpec(container: Fields): Fields {
  const reference = (kind: 'secret' | 'config', id: string, name: string) => (each: Fields) => ({
    [id]: each[`${kind}_id`], [name]: each[`${kind}_name`], File: { Name: each.file_name, UID: each.file_uid, GID: each.file_gid, Mode: each.file_mode },
  });
  const { healthcheck: health } = container;
  return {
    Image: container.image,
    Command: container.command,
    Args: container.args,
    Env: Object.entries(container.env ?? {}).map(([key, value]) => `${key}=${value}`),
    Dir: container.dir,
    User: container.user,
    Groups: container.groups,
    ReadOnly: container.read_only,
    CapabilityAdd: container.cap_add,
    CapabilityDrop: container.cap_drop,
    Sysctls: container.sysctl,
    Mounts: (container.mounts ?? []).map((mount: Fields) => ({
      Type: mount.type,
      Source: mount.source,
      Target: mount.target,
      ReadOnly: mount.read_only ?? false,
      // The provider names no driver, but says that there is one.
      ...mount.volume_options && { VolumeOptions: { NoCopy: mount.volume_options.no_copy, DriverConfig: { Name: '' } } },
      ...mount.tmpfs_options && { TmpfsOptions: { SizeBytes: mount.tmpfs_options.size_bytes, Mode: mount.tmpfs_options.mode } },
    })),
    Healthcheck: health ? {
      Test: health.test,
      Interval: nanoseconds(health.interval),
      Timeout: nanoseconds(health.timeout),
      StartPeriod: nanoseconds(health.start_period),
      Retries: health.retries,
    } : {},
    StopGracePeriod: container.stop_grace_period && nanoseconds(container.stop_grace_period),
    Secrets: (container.secrets ?? []).map(reference('secret', 'SecretID', 'SecretName')),
    Configs: (container.configs ?? []).map(reference('config', 'ConfigID', 'ConfigName')),
    DNSConfig: {},
    Isolation: 'default',
  };
}

function fromContainerSpec(container: Fields): Fields {
  const reference = (kind: 'secret' | 'config', id: string, name: string) => (each: Fields) => ({
    [`${kind}_id`]: each[id],
    [`${kind}_name`]: each[name],
    file_name: each.File.Name,
    file_uid: each.File.UID,
    file_gid: each.File.GID,
    file_mode: each.File.Mode,
  });
  const { Healthcheck: health } = container;
  const lists = (name: string, values: Fields) => (values ?? []).length > 0 ? { [name]: values } : {};
  return {
    image: container.Image,
    ...lists('command', container.Command),
    ...lists('args', container.Args),
    ...(container.Env ?? []).length > 0 && {
      env: Object.fromEntries(container.Env.map((line: string) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
    },
    ...container.Dir && { dir: container.Dir },
    ...container.User && { user: container.User },
    ...lists('groups', container.Groups),
    read_only: container.ReadOnly ?? false,
    ...lists('cap_add', container.CapabilityAdd),
    ...lists('cap_drop', container.CapabilityDrop),
    ...Object.keys(container.Sysctls ?? {}).length > 0 && { sysctl: container.Sysctls },
    ...lists('mounts', (container.Mounts ?? []).map((mount: Fields) => ({
      type: mount.Type,
      ...mount.Source && { source: mount.Source },
      target: mount.Target,
      ...mount.ReadOnly && { read_only: true },
      ...mount.VolumeOptions && { volume_options: fromVolumeOptions(mount.VolumeOptions) },
      ...mount.TmpfsOptions && { tmpfs_options: fromTmpfsOptions(mount.TmpfsOptions) },
    }))),
    ...lists('configs', (container.Configs ?? []).map(reference('config', 'ConfigID', 'ConfigName'))),
    ...lists('secrets', (container.Secrets ?? []).map(reference('secret', 'SecretID', 'SecretName'))),
    ...health?.Test && {
      healthcheck: {
        test: health.Test,
        interval: short(health.Interval ?? 0),
        timeout: short(health.Timeout ?? 0),
        retries: health.Retries ?? 0,
        start_period: short(health.StartPeriod ?? 0),
      },
    },
    ...container.StopGracePeriod !== undefined && { stop_grace_period: short(container.StopGracePeriod) },
  };
}

function fromVolumeOptions({ NoCopy: noCopy, DriverConfig: driver }: Fields): Fields {
  return { no_copy: noCopy, ...driver?.Name && { driver_name: driver.Name } };
}

/** The provider keeps what everybody may do of the mode, and no more. */
function fromTmpfsOptions({ Mode: mode, SizeBytes: size }: Fields): Fields {
  return { mode: mode % 0o1000, ...size && { size_bytes: size } };
}

function toAmounts({ nano_cpus: NanoCPUs, memory_bytes: MemoryBytes }: Fields): Fields {
  return { ...NanoCPUs !== undefined && { NanoCPUs }, ...MemoryBytes !== undefined && { MemoryBytes } };
}

function fromAmounts({ NanoCPUs: cpus, MemoryBytes: memory }: Fields): Fields {
  return { ...cpus && { nano_cpus: cpus }, ...memory && { memory_bytes: memory } };
}

function toUpdate(update: Fields): Fields {
  return {
    Parallelism: update.parallelism,
    Delay: nanoseconds(update.delay),
    FailureAction: update.failure_action,
    Monitor: nanoseconds(update.monitor),
    MaxFailureRatio: 0,
    Order: update.order,
  };
}

function fromUpdate(update: Fields): Fields {
  return {
    parallelism: update.Parallelism,
    delay: short(update.Delay ?? 0),
    failure_action: update.FailureAction,
    monitor: short(update.Monitor ?? 0),
    order: update.Order,
  };
}

function nanoseconds(duration: string): number {
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit], 0) * SECOND;
}

/** As Go writes durations, without what is nothing at the end. */
function short(nanos: number): string {
  const seconds = nanos / SECOND;
  const text = `${seconds >= 3600 ? `${Math.floor(seconds / 3600)}h` : ''}${seconds >= 60 ? `${Math.floor(seconds / 60) % 60}m` : ''}${seconds % 60}s`;
  return text.replace(/m0s$/, 'm').replace(/h0m$/, 'h');
}
