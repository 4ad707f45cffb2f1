package witnesstest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Golden compares what was counted with testdata/constraints.json, or writes that file anew: a change in either direction is seen and
// explained in the commit that makes it.
func Golden(t *testing.T, update bool, counted any) {
	t.Helper()
	encoded, err := json.MarshalIndent(counted, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "constraints.json")
	if update {
		if err := os.WriteFile(path, append(encoded, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(path)
	if err != nil || string(golden) != string(encoded)+"\n" {
		t.Fatalf("%s differs (%v):\n%s\nrun with -update and say why", path, err, encoded)
	}
}
