import { join } from 'node:path';
import type { GoPrograms } from '../support/real-runs/go-programs';

/** rclone as far as it is needed, in the version of the image that backups name. */
export const RCLONE: GoPrograms = { folder: join(__dirname, 'modules/rclone'), module: 'github.com/rclone/rclone', packages: { rclone: '.' } };
