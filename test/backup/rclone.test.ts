import { RCLONE } from './rclone';
import { Backup, External, Postgres } from '../../lib/index';
import { pinnedVersion } from '../support/real-runs/go-programs';
import { manifestOf, shop } from '../support/services';

test('what runs is the version of the image that backups name', () => {
  const chart = shop();
  new Postgres(chart, 'db', { version: '17.6', backup: Backup.toObjectStorage({ bucket: 'acme-backups', endpoint: External.host('s3.example.com', 443) }) });
  const { containers: [{ image }] } = manifestOf(chart, 'CronJob').spec.jobTemplate.spec.template.spec;
  expect(`rclone/rclone:${pinnedVersion(RCLONE).slice(1)}`).toBe(image);
});
