package witnesstest

import (
	"slices"
	"testing"
)

func TestShouldChangeEveryValueAndInShortOneOfEachShape(t *testing.T) {
	want := []bool{true, true, true, true, true}
	if testing.Short() {
		want = []bool{true, true, false, true, false}
	}
	if have := Changed([]string{"Seal", "Rows_0_Legs_1", "Rows_1_Legs_0", "Rows_0_Es", "Rows_12_Legs_3"}); !slices.Equal(have, want) {
		t.Fatalf("have %v, want %v", have, want)
	}
}
