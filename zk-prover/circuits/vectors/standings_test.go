package vectors

import (
	"encoding/hex"
	"math"
	"testing"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
)

// standingPairs are the lists of standings of the vectors: none, both signs, no distance, the ends of both numbers, and an odd and an even
// length.
var standingPairs = [][][2]int64{
	{}, {{1, 0}}, {{2, -5}}, {{1, 249_000_000_000}, {4, -1}}, {{1, math.MaxInt64}, {2, math.MinInt64}, {publicinput.VenueKey - 1, 1}},
	{{1, 1}, {2, 2}, {3, 3}, {5, -5}},
}

type standingLeaf struct {
	Cash      int64      `json:"cash"`
	Standings [][2]int64 `json:"standings"`
	Hash      string     `json:"standingsHash"`
	Encoding  string     `json:"encoding"`
	Leaf      string     `json:"leaf"`
}

// Accounts of a house whose tables list venues: one leaf for every list of standings and sign of the cash, and no leaf of the other format.
func TestShouldHashAccountsAtVenuesAsTheVectors(t *testing.T) {
	elements, none := sequence(2), []any{}
	owner, salt := encodedOf(elements[0]), encodedOf(elements[1])
	var leaves []standingLeaf
	seen := map[string]bool{}
	for _, cash := range []int64{-12_345_678, math.MaxInt64, -math.MaxInt64} {
		for _, pairs := range standingPairs {
			encodedPairs := []any{}
			leaf := publicinput.AccountLeaf{Number: 1_048_575, Owner: elements[0], Salt: elements[1], Cash: cash, AtVenues: true,
				Positions: []publicinput.Entry{{Key: 1, Lots: -5}, {Key: 7, Lots: 9_000}}, Paid: []publicinput.Entry{{Key: 7, Lots: 3}},
				Lines: []publicinput.Entry{{Key: publicinput.LineKey(2, false), Lots: 10}, {Key: publicinput.LineKey(2, true), Lots: 4}}}
			for _, pair := range pairs {
				leaf.Standings = append(leaf.Standings, publicinput.Standing{Venue: pair[0], Distance: pair[1]})
				encodedPairs = append(encodedPairs, ints(pair[:]...))
			}
			encoding := canonical.Encode([]any{"bulwark-account", int64(2), leaf.Number, owner, salt, cash, []any{ints(1, -5), ints(7, 9_000)},
				[]any{ints(7, 3)}, []any{ints(2, 10)}, []any{ints(2, 4)}, encodedPairs})
			if read, err := account.ParseAccount(encoding); err != nil || read.Hash() != leaf.Hash() {
				t.Fatalf("%v: an encoding must be read as the leaf that it is of: %v", pairs, err)
			}
			without := leaf
			without.AtVenues = false
			seen[text(without.Hash())], seen[text(leaf.Hash())] = true, true
			leaves = append(leaves, standingLeaf{cash, pairs, text(publicinput.StandingsHash(leaf.Standings)), hex.EncodeToString(encoding),
				text(leaf.Hash())})
		}
	}
	if len(seen) != 3*(len(standingPairs)+1) {
		t.Errorf("leaves of different accounts and formats must differ; have %d", len(seen))
	}
	for _, faulty := range [][]any{{ints(2, 0), ints(1, 0)}, {ints(1, 0), ints(1, 0)}, {ints(0, 5)}, {ints(publicinput.VenueKey, 0)}} {
		encoding := canonical.Encode([]any{"bulwark-account", int64(2), int64(3), owner, salt, int64(0), none, none, none, none, faulty})
		if _, err := account.ParseAccount(encoding); err == nil {
			t.Errorf("%v: must be refused", faulty)
		}
	}
	assertFile(t, "standing.json", map[string]any{"number": 1_048_575, "owner": text(elements[0]), "salt": text(elements[1]),
		"positions": [][2]int64{{1, -5}, {7, 9_000}}, "paid": [][2]int64{{7, 3}}, "collateral": [][2]int64{{2, 10}}, "debt": [][2]int64{{2, 4}},
		"leaves": leaves})
}
