package shared

import "testing"

func TestNothing(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
}
