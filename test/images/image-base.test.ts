import type { Fault } from '../../lib/diagnostics/report';
import { ImageBase } from '../../lib/images';

function faults(base: ImageBase): string[] {
  const found: Fault[] = [];
  base._check(fault => found.push(fault));
  return found.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`);
}

const DIGEST = `sha256:${'0'.repeat(64)}`;

test.each([
  ['distroless', ImageBase.distroless()],
  ['scratch', ImageBase.scratch()],
  ['alpine', ImageBase.alpine()],
  ['alpine of a version', ImageBase.alpine('3.23')],
  ['alpine of a version and digest', ImageBase.alpine(`3.24.2@${DIGEST}`)],
  ['a tag', ImageBase.custom('cgr.dev/chainguard/static:20260901')],
  ['a port and a tag', ImageBase.custom('localhost:5000/base:1')],
  ['a digest', ImageBase.custom(`cgr.dev/chainguard/static@${DIGEST}`)],
  ['a tag and a digest', ImageBase.custom(`cgr.dev/chainguard/static:20260901@${DIGEST}`)],
])('%s', (_, base) => {
  expect(faults(base)).toEqual([]);
});

test.each([
  ['a moving version of alpine', ImageBase.alpine('edge'), "invalid-version: 'edge' is not a version of Alpine Linux. Write it in full, for example '3.24.2'."],
  ['upper case', ImageBase.custom('Base:1'), "invalid-image: 'Base:1' is not an image reference. Write 'registry/repository:tag' in lower case, with '@sha256:…' behind it to pin it."],
  ['no tag', ImageBase.custom('localhost:5000/base'), "tag-missing: 'localhost:5000/base' has no tag, which means 'latest'. Write 'localhost:5000/base:<version>'."],
  ['a moving tag', ImageBase.custom('base:latest'), "tag-missing: The tag 'latest' names another image tomorrow. Write the version that was built."],
  ['half a digest', ImageBase.custom('base@sha256:00'), "invalid-image: 'sha256:00' is not a digest. Write 'sha256:' and 64 hexadecimal digits, as the registry returned it."],
])('%s', (_, base, fault) => {
  expect(faults(base)).toEqual([fault]);
});
