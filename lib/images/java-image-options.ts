import type { ImageOptions } from './image-options';

/** The recipe of an image that holds a program in Java. Every path is relative to the folder of the project. */
export interface JavaImageOptions extends ImageOptions {
  /**
   * The major version of Java that compiles and runs: 17, 21 or 25.
   *
   * @default - what the pom.xml compiles for, raised to the next of these; 21 where it says nothing
   */
  readonly javaVersion?: string;
  /**
   * The version of Maven.
   *
   * @default 3.9.11
   */
  readonly mavenVersion?: string;
  /**
   * The name of the file that Maven packages, without its folder.
   *
   * @default - what the pom.xml says: the final name, else artifact and version, and `.jar`
   */
  readonly jar?: string;
  /**
   * The class that is run, for a project whose jar does not hold what it depends on: that is then copied beside it.
   *
   * @default - none: the jar runs by itself
   */
  readonly mainClass?: string;
  /**
   * Whether the jar is one of Spring Boot (3.3 or later), which is taken apart into layers that change more or less often.
   *
   * @default - whether the pom.xml has the plugin of Spring Boot
   */
  readonly layered?: boolean;
  /**
   * Flags for the virtual machine.
   *
   * @default - three quarters of the memory for the heap, and an end when it is full
   */
  readonly jvmFlags?: string[];
}
