import { makerOf, testWholeManifests } from './backing-kind';
import { Minio, type MinioProps, BackingCredentials } from '../../lib/backing';
import { finding, findings, manifestOf, shop } from '../support/services';

const made = makerOf(Minio, 'files', 'RELEASE.2025-09-07T16-13-09Z');

testWholeManifests(made);

test('is the image in the version', () => {
  const chart = shop();
  new Minio(chart, 'files', { version: 'RELEASE.2025-09-07T16-13-09Z' });
  expect(manifestOf(chart, 'StatefulSet').spec.template.spec.containers[0].image).toBe('quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z');
});

test('the console is nobody\'s but who forwards its port', () => {
  const { chart } = made();
  expect(manifestOf(chart, 'Service', 'files').spec.ports.map(({ name }: any) => name)).toEqual(['s3']);
});

test.each<[Partial<MinioProps>, string]>([
  [{ version: '9.1' }, finding('error', 'invalid-version', 'shop/files version', "'9.1' is no version of MinIO.", "Write for example 'RELEASE.2025-09-07T16-13-09Z'.")],
  [{ credentials: BackingCredentials.generated({ userName: 'ab' }) }, finding('error', 'invalid-name', 'shop/files credentials.userName', "'ab' is not an access key that MinIO takes.",
    'Use 3 to 64 letters, digits, dashes and underscores.')],
])('faults of %p', (props, expected) => {
  expect(findings(made(props).chart)).toEqual([expected]);
});
