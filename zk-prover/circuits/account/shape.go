package account

import (
	"fmt"
	"math"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
)

// DirectOpening opens the table's rows inside the circuit, in one round.
const DirectOpening = "direct"

// Shape is the size of a circuit: how much of an account it holds and which tables it opens. Every shape has its own key.
type Shape struct {
	Positions int // different instruments in positions ∪ paid
	Lines     int // collateral and debt
	Groups    int // groups with an entry
	Rows      int // stress rows of the table
	EsRows    int // 1: no expected shortfall
	Depth     int // of the account tree
}

// Production is the shape of ordinary accounts on the table of 54 stress rows.
var Production = Shape{Positions: 16, Lines: 8, Groups: 8, Rows: 54, EsRows: 1, Depth: 10}

// entriesMax bounds the entries of a list: 45 are one permutation, so one list has one hash in every shape.
const entriesMax = 45

func readShape(value canonical.Value) Shape {
	f := value.Tuple("positions", "lines", "groups", "rows", "esRows", "accountDepth", "opening")
	shape := Shape{Positions: int(f[0].Int(1, entriesMax)), Lines: int(f[1].Int(1, entriesMax)), Groups: int(f[2].Int(1, publicinput.GroupsFilled)),
		Rows: int(f[3].Int(2, math.MaxUint8)), EsRows: int(f[4].Int(1, 1)), Depth: int(f[5].Int(1, accountDepthMax))}
	if f[6].Text() != DirectOpening {
		f[6].Refuse("BAD_SHAPE")
	}
	return shape
}

// accountDepthMax keeps every account number, and the name in a claim, below 2³².
const accountDepthMax = 15

// String is the shape as it stands in file names.
func (s Shape) String() string {
	return fmt.Sprintf("%d-%d-%d-%d-%d-%d-%s", s.Positions, s.Lines, s.Groups, s.Rows, s.EsRows, s.Depth, DirectOpening)
}

// holds says whether an account fits, or names what does not.
func (s Shape) holds(slots, lines, groups int, number int64) error {
	for _, limit := range []struct {
		where     string
		have, max int64
	}{
		{"account.positions", int64(slots), int64(s.Positions)}, {"account.lines", int64(lines), int64(s.Lines)},
		{"account.groups", int64(groups), int64(s.Groups)}, {"account.number", number, int64(1)<<(2*s.Depth) - 1},
	} {
		if limit.have > limit.max {
			return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "%s", limit.where)
		}
	}
	return nil
}
