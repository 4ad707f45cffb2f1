package contagion

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tariff"
)

// Name is the circuit's name in requests and file names.
const Name = "contagion"

// Shape is the size of the circuit. Every shape has its own key.
type Shape struct {
	Levels    int // 4^Levels accounts
	Positions int // of an account
	Lines     int // of an account, collateral and debt
	Entries   int // of the terms: instruments, collateral and debt
	Places    int // unwind sets by group
	Groups    int // places for liquidity groups of the tariff
	Scenarios int // places for scenarios of the tariff
	Members   int
	Depth     int // of the account tree
	Format    account.Format
}

// Bits of the integers of the claim. Money of the tariff's rules is below 2⁵⁶ µ$, an account's and everybody's together.
const (
	keyBits     = 32
	lotsBits    = 31
	moneyBits   = 60 // u: initial margin, cash, equity
	heldBits    = 50 // u: nets of an unwind set
	lossBits    = 70 // u: losses in a scenario, value
	slotBits    = 80 // of a packed loss
	slots       = 3  // of an element
	ratioBits   = 20 // ppm
	restBits    = 14 // of a remainder below 10⁴
	flowBits    = 60 // µ$
	roomBits    = 63 // µ$
	missingBits = 108
	deltaBits   = 32
	placeBits   = 12
	groupBits   = 8
	entryBits   = 35 // of an entry's key in the terms
	// lineOffset tells keys of lines from those of positions; 0 is no entry's key.
	lineOffset = 1 << (keyBits + 1)

	microPerUnit = 100
	perUnit      = gadget.Million / microPerUnit // u · ppm in a µ$
)

const (
	levelsMax  = 5
	depthMax   = 15
	slotsMax   = 45
	placesMax  = 1<<placeBits - 1
	groupsMax  = 1 << 6
	placeWords = 30 // groups of places in an element
)

// Circuit is the circuit's name.
func (s Shape) Circuit() string { return Name }

// String is the shape as it stands in file names.
func (s Shape) String() string {
	return s.Format.Named(fmt.Sprintf("%d-%d-%d-%d-%d-%d-%d-%d-%d", s.Levels, s.Positions, s.Lines, s.Entries, s.Places, s.Groups, s.Scenarios,
		s.Members, s.Depth))
}

// Encoded is the shape as requests hold it.
func (s Shape) Encoded() []any {
	return s.Format.Encoded(int64(s.Levels), int64(s.Positions), int64(s.Lines), int64(s.Entries), int64(s.Places), int64(s.Groups),
		int64(s.Scenarios), int64(s.Members), int64(s.Depth))
}

// Empty is the circuit without values.
func (s Shape) Empty() frontend.Circuit { return New(s) }

func (s Shape) accounts() int { return 1 << (2 * s.Levels) }

// columns are the losses by scenario and the value.
func (s Shape) columns() int { return s.Scenarios + 1 }

// packed is the number of elements that they take.
func (s Shape) packed() int { return (s.columns() + slots - 1) / slots }

// sides are the components of a vector: falls of every group, then rises.
func (s Shape) sides() int { return 2 * s.Groups }

// statement is what every proof of the shape says.
func (s Shape) statement() fr.Element {
	return publicinput.Statement{Tag: publicinput.TagContagion, Choice: int64(s.Groups), Name: int64(s.Scenarios)}.Element()
}

// ReadShape reads a shape.
func ReadShape(value canonical.Value) groth.Shape {
	f, format := account.ReadFormat(value, "levels", "positions", "lines", "entries", "places", "groups", "scenarios", "members",
		"accountDepth")
	shape := Shape{Levels: int(f[0].Int(1, levelsMax)), Positions: int(f[1].Int(1, slotsMax)), Lines: int(f[2].Int(1, slotsMax)),
		Entries: int(f[3].Int(1, 2*publicinput.TableLeaves)), Places: int(f[4].Int(1, placesMax)), Groups: int(f[5].Int(1, groupsMax)),
		Scenarios: int(f[6].Int(1, tariff.ScenariosMax)), Members: int(f[7].Int(1, 1<<(2*levelsMax))), Depth: int(f[8].Int(1, depthMax)),
		Format: format}
	if shape.Levels > shape.Depth {
		f[0].Refuse("BAD_SHAPE")
	}
	return shape
}

// New is the circuit of a shape, to compile or to assign.
func New(shape Shape) *Circuit {
	variables := func(n int) []frontend.Variable { return make([]frontend.Variable, n) }
	forced := func() ForcedInputs {
		u := ForcedInputs{Plus: variables(shape.Places), Minus: variables(shape.Places), Held: variables(shape.sides()),
			Scenarios: make([]CascadeInputs, shape.Scenarios)}
		for s := range u.Scenarios {
			u.Scenarios[s].Flows = variables(shape.sides())
		}
		return u
	}
	c := &Circuit{shape: shape, Rates: make([][]RateInputs, shape.Scenarios), PlaceGroups: variables(shape.Places), Entries: make([]EntryInputs, shape.Entries),
		Accounts: make([]AccountInputs, shape.accounts()), Members: make([]MemberInputs, shape.Members)}
	for s := range c.Rates {
		c.Rates[s] = make([]RateInputs, shape.Groups)
	}
	for j := range c.Entries {
		c.Entries[j].Columns = variables(shape.packed())
	}
	for t := range c.Accounts {
		c.Accounts[t] = AccountInputs{Positions: make([]gadget.Slot, shape.Positions), Lines: make([]gadget.Slot, shape.Lines),
			Lots: variables(shape.Entries), Columns: variables(shape.columns()), Forced: forced(), Standings: shape.Format.Standings()}
	}
	for m := range c.Members {
		c.Members[m] = MemberInputs{Losses: variables(shape.Scenarios), Forced: forced(),
			ForcedApart: make([][]frontend.Variable, shape.Scenarios), ForcedMerged: make([][]frontend.Variable, shape.Scenarios)}
		for s := range c.Members[m].ForcedApart {
			c.Members[m].ForcedApart[s], c.Members[m].ForcedMerged[s] = variables(shape.sides()), variables(shape.sides())
		}
	}
	return c
}
