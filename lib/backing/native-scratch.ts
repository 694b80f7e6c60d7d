/**
 * Scratch space that native code can be loaded from, which Java does: Docker mounts its own so that nothing in it can be, a volume of data allows it.
 *
 * @see https://www.elastic.co/docs/deploy-manage/deploy/self-managed/executable-jna-tmpdir
 */
export class NativeScratch {
  public readonly folder: string;
  /** The commands of a shell that make it anew. */
  public readonly make: string;

  /** @param data the folder that the volume is mounted at */
  public constructor(data: string) {
    this.folder = `${data}/scratch`;
    this.make = `rm -rf ${this.folder} && mkdir ${this.folder}`;
  }
}
