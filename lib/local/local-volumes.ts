import type { LocalFile, LocalMount, LocalScratch } from './local-app';
import { type EnvContext, podField, unknownMap, unknownSecret } from './local-env';
import { asMaps, type Json, sortedEntries } from '../definition/json';
import { parseQuantity } from '../definition/quantity';
import { type Report, within } from '../diagnostics/report';

/** What a container finds in its folders. */
export interface LocalFolders {
  readonly mounts: readonly LocalMount[];
  readonly scratch: readonly LocalScratch[];
  readonly files: readonly LocalFile[];
}

/** What the folders are made from. */
export interface VolumeContext extends EnvContext {
  /** The volumes of the pod that several of its containers mount. */
  readonly shared: ReadonlySet<string>;
  /** The name of a claim, unique in the app. */
  readonly claimName: (name: string) => string;
}

/** The names of the volumes of a pod that several containers mount. */
export function sharedVolumes(containers: readonly Json[]): Set<string> {
  const counts = new Map<string, number>();
  for (const container of containers) {
    new Set(asMaps(container.volumeMounts).map(({ name }) => name)).forEach(name => counts.set(name, (counts.get(name) ?? 0) + 1));
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
}

/** The folders of a container, from the mounts and volumes of its pod. */
export function localFolders(container: Json, claims: readonly Json[], context: VolumeContext, report: Report): LocalFolders {
  const volumes = new Map<string, Json>(asMaps(context.template.spec.volumes).map(volume => [volume.name, volume]));
  const ofPods = new Set(claims.map(({ metadata }) => metadata.name));
  const all = { mounts: [] as LocalMount[], scratch: [] as LocalScratch[], files: [] as LocalFile[] };
  for (const mount of asMaps(container.volumeMounts)) {
    const here = within(report, `volumes['${mount.mountPath}']`);
    const volume = volumes.get(mount.name) ?? {};
    const named = (source: string, ofReplica = false) => {
      all.mounts.push({ kind: 'volume', source, path: mount.mountPath, readOnly: mount.readOnly ?? false, ...ofReplica && { ofReplica } });
      reportPart(mount, here);
    };
    if (ofPods.has(mount.name)) {
      named(`${context.service}-${mount.name}`, true);
    } else if (volume.emptyDir && !context.shared.has(mount.name)) {
      const bytes = volume.emptyDir.sizeLimit === undefined ? undefined : parseQuantity(String(volume.emptyDir.sizeLimit));
      all.scratch.push({ path: mount.mountPath, ...bytes !== undefined && { bytes } });
      reportPart(mount, here);
    } else if (volume.emptyDir || volume.ephemeral) {
      named(`${context.service}-${mount.name}`);
    } else if (volume.persistentVolumeClaim) {
      named(context.claimName(volume.persistentVolumeClaim.claimName));
    } else if (volume.hostPath) {
      all.mounts.push({ kind: 'bind', source: volume.hostPath.path, path: mount.mountPath, readOnly: mount.readOnly ?? false });
    } else {
      all.files.push(...mountedFiles(mount, filesOf(volume, context, here)));
    }
  }
  if (asMaps(container.volumeDevices).length > 0) {
    unsupported('a block device', within(report, 'volumes'));
  }
  return all;
}

function reportPart({ subPath }: Json, report: Report): void {
  if (subPath !== undefined) {
    report({
      code: 'local-omission',
      property: 'subPath',
      message: `Docker mounts the whole volume and not '${subPath}' of it.`,
      remedy: "Give the part a volume of its own, or acknowledge 'local-omission' with the reason.",
    });
  }
}

/** Files by their path inside the volume. */
function filesOf(volume: Json, context: VolumeContext, report: Report): LocalFile[] {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (projected) {
    return asMaps(projected.sources).flatMap(source => filesOf(source, context, report)).map(file => withMode(file, projected));
  }
  if (configMap) {
    const data = context.objects.configMap(context.namespace, configMap.name);
    if (!data && !configMap.optional) {
      unknownMap(configMap.name, report);
    }
    return itemsOf(configMap.items, Object.keys(data ?? {}))
      .flatMap(({ key, path, mode }) => data?.[key] === undefined ? [] : [withMode({ path, content: data[key], ...mode }, configMap)]);
  }
  if (secret) {
    const name = secret.secretName ?? secret.name;
    const keys = context.objects.secretKeys(context.namespace, name) ?? [];
    if (keys.length === 0 && !secret.items && !secret.optional) {
      unknownSecret(name, report);
    }
    return itemsOf(secret.items, keys).map(({ key, path, mode }) => withMode({ path, content: context.secretKey(name, key), ...mode }, secret));
  }
  if (downwardAPI) {
    return asMaps(downwardAPI.items).map(({ path, fieldRef }) => withMode({ path, content: fieldText(fieldRef?.fieldPath ?? '', context) }, downwardAPI));
  }
  unsupported(`a volume of the kind '${Object.keys(volume).filter(key => key !== 'name').join()}'`, report);
  return [];
}

/** A key of a volume, and the file that it fills. */
interface Item {
  readonly key: string;
  readonly path: string;
  readonly mode: Pick<LocalFile, 'mode'>;
}

function itemsOf(items: Json[] | undefined, keys: readonly string[]): Item[] {
  return items
    ? items.map(({ key, path, mode }) => ({ key, path, mode: mode === undefined ? {} : { mode } }))
    : [...keys].sort().map(key => ({ key, path: key, mode: {} }));
}

function withMode(file: LocalFile, { defaultMode }: Json): LocalFile {
  return file.mode !== undefined || defaultMode === undefined ? file : { ...file, mode: defaultMode };
}

function fieldText(path: string, context: VolumeContext): string {
  const [, map] = /^metadata\.(labels|annotations)$/.exec(path) ?? [];
  return map === undefined
    ? podField(path, context) ?? ''
    : sortedEntries<string>(context.template.metadata?.[map]).map(([key, value]) => `${key}=${JSON.stringify(value)}\n`).join('');
}

/** Where the files lie in the container; a mount of a part of the volume is one of its files, or a folder of them. */
function mountedFiles({ mountPath, subPath }: Json, files: readonly LocalFile[]): LocalFile[] {
  if (subPath === undefined) {
    return files.map(file => ({ ...file, path: `${mountPath}/${file.path}` }));
  }
  return files.flatMap(file => file.path === subPath ? [{ ...file, path: mountPath }]
    : file.path.startsWith(`${subPath}/`) ? [{ ...file, path: `${mountPath}${file.path.slice(subPath.length)}` }] : []);
}

function unsupported(what: string, report: Report): void {
  report({
    code: 'local-unsupported',
    message: `Docker cannot mount ${what}.`,
    remedy: 'Use a claim, a scratch volume or files of a ServiceConfig, or leave the service out of the local app.',
  });
}
