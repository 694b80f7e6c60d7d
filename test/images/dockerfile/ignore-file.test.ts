import { renderIgnoreFile } from '../../../lib/images/dockerfile/ignore-file';

test('everything is left out but what a group allows', () => {
  expect(renderIgnoreFile({
    header: ['What the build reads.'],
    groups: [
      { comment: 'sources', allow: ['go.mod', '**/*.go'] },
      { comment: 'nothing', allow: [] },
      { comment: 'but tests', deny: ['**/*_test.go'], allow: ['kept_test.go'] },
    ],
  })).toBe(`# What the build reads.
*

# sources
!go.mod
!**/*.go

# but tests
**/*_test.go
!kept_test.go
`);
});
