package witnesstest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
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

// GoldenPart is Golden of those of a file's entries that this run has counted: before a push those that are drawn.
func GoldenPart[T comparable](t *testing.T, update bool, total int, counted []T) {
	t.Helper()
	if len(counted) == total {
		Golden(t, update, counted)
		return
	}
	content, err := os.ReadFile(filepath.Join("testdata", "constraints.json"))
	if err != nil {
		t.Fatal(err)
	}
	var golden []T
	if err := json.Unmarshal(content, &golden); err != nil || len(golden) != total {
		t.Fatalf("want %d entries, have %d (%v)", total, len(golden), err)
	}
	for _, one := range counted {
		if !slices.Contains(golden, one) {
			t.Errorf("%+v differs from the golden file", one)
		}
	}
}
