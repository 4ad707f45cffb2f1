package keytest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/rehearsal"
)

func TestShouldKeepAKeyAndMakeOneThatDoesNotOpenAnew(t *testing.T) {
	witnesstest.FullTier(t)
	t.Setenv("BULWARK_BUILD_CACHE", t.TempDir())
	first, err := Open(rehearsal.Shape{Steps: 3})
	if err != nil {
		t.Fatal(err)
	}
	second, err := Open(rehearsal.Shape{Steps: 3})
	if err != nil || !bytes.Equal(first.VerifyingKey(), second.VerifyingKey()) {
		t.Fatalf("the same circuit's key is made twice (%v)", err)
	}
	other, err := Open(rehearsal.Shape{Steps: 4})
	if err != nil || bytes.Equal(first.VerifyingKey(), other.VerifyingKey()) {
		t.Fatalf("another circuit has the key of the first (%v)", err)
	}
	kept, err := filepath.Glob(filepath.Join(folder(), prefix+"*", "*.pk"))
	if err != nil || len(kept) != 2 {
		t.Fatalf("two circuits, %d keys (%v)", len(kept), err)
	}
	for _, file := range kept {
		if err := os.Truncate(file, 100); err != nil {
			t.Fatal(err)
		}
	}
	anew, err := Open(rehearsal.Shape{Steps: 3})
	if err != nil || bytes.Equal(first.VerifyingKey(), anew.VerifyingKey()) {
		t.Fatalf("a key that was cut short is made anew (%v)", err)
	}
}
