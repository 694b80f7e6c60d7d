import { stringify } from 'yaml';
import { type ManifestObject, readObjects } from '../output';

/** The objects of a file, to be changed. */
export class Manifests {
  private readonly objects: ManifestObject[];

  public constructor(text: string) {
    this.objects = readObjects(text);
  }

  /** An object that is there. */
  public find(kind: string, name: string): ManifestObject {
    const found = this.objects.find(object => object.kind === kind && object.metadata.name === name);
    if (!found) {
      throw new Error(`there is no ${kind}/${name} to be changed`);
    }
    return found;
  }

  public remove(kind: string, name: string): void {
    this.objects.splice(this.objects.indexOf(this.find(kind, name)), 1);
  }

  /** The pod spec of the Deployment `web`. */
  public get pod(): any {
    return this.find('Deployment', 'web').spec.template.spec;
  }

  /** The one container of the Deployment `web`. */
  public get container(): any {
    return this.pod.containers[0];
  }

  public toString(): string {
    return this.objects.map(object => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
  }
}
