package witnesstest

import (
	"slices"
	"strconv"
	"testing"
)

var names = []string{"Seal", "Rows_0_Legs_1", "Rows_1_Legs_0", "Rows_0_Es", "Rows_12_Legs_3"}

func TestShouldChangeEveryValueAndInShortOneOfEachShape(t *testing.T) {
	t.Setenv("BULWARK_DRAW", "")
	want := []bool{true, true, true, true, true}
	if testing.Short() {
		want = []bool{true, true, false, true, false}
	}
	if have := Changed(names); !slices.Equal(have, want) {
		t.Fatalf("have %v, want %v", have, want)
	}
}

func TestShouldChangeOneOfEachShapeByEveryDrawAndEveryValueBySome(t *testing.T) {
	if testing.Short() {
		t.Skip("nothing is drawn with -short")
	}
	const draws = 60
	counts := make([]int, len(names))
	for draw := range draws {
		t.Setenv("BULWARK_DRAW", strconv.Itoa(draw))
		for i, changed := range Changed(names) {
			if changed {
				counts[i]++
			}
		}
	}
	for i, count := range counts {
		if first := i != 2 && i != 4; first && count != draws || !first && (count == 0 || count > draws/2) {
			t.Errorf("%s is changed by %d of %d draws", names[i], count, draws)
		}
	}
}
