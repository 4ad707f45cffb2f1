package verification

import (
	"slices"
	"testing"
)

// What a key's proofs can say follows from the shape: one over venues without a tariff has an empty list in the tariff's place.
func TestShouldKnowTheTagsOfAShapeOverVenues(t *testing.T) {
	none, sizes := []any{}, []any{int64(35), int64(8), int64(64)}
	shape := func(venues int64, opening string, further ...any) []any {
		return append([]any{int64(16), int64(8), int64(8), venues, int64(10), opening, []any{}}, further...)
	}
	for name, c := range map[string]struct {
		shape []any
		tags  []int64
	}{
		"without venues":               {shape(0, "direct"), []int64{1, 2, 3, 6}},
		"with a tariff":                {shape(0, "direct", sizes), []int64{5, 6}},
		"over venues":                  {shape(0, "direct", none, int64(4)), []int64{1, 2, 3, 6}},
		"over venues, compact":         {shape(0, "compact", none, int64(4)), []int64{1, 2, 3}},
		"over venues, attested":        {shape(4, "challenge", none, int64(4)), []int64{1, 2, 3}},
		"over venues, with a tariff":   {shape(0, "challenge", sizes, int64(4)), []int64{5, 6}},
		"something else in that place": {shape(0, "direct", int64(1)), []int64{5, 6}},
	} {
		if tags := (KeyRecord{Circuit: accountCircuit, Shape: c.shape}).Tags(); !slices.Equal(tags, c.tags) {
			t.Errorf("%s: want %v, have %v", name, c.tags, tags)
		}
	}
}
