package fund

import (
	"fmt"
	"math"

	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
)

// Name is the circuit's name in requests and file names.
const Name = "fund"

// Shape is the size of the circuit. Every shape has its own key.
type Shape struct {
	Levels      int // 4^Levels accounts
	Positions   int // of an account
	Lines       int // of an account, collateral and debt
	Instruments int // of the vault table
	Assets      int // of the vault table
	Rows        int // scenarios of the vault table
	Members     int
	Depth       int // of the account tree
	Format      account.Format
}

// Bits of the integers of the claim.
const (
	keyBits      = 32
	lotsBits     = 31
	boundBits    = 31
	moneyBits    = 63
	marginBits   = 60 // credit, and what it is at most; with slacks of 61 bits a slot differs from the true loss by less than 2⁶²
	slackBits    = 61 // beyond and spare, and what a credit leaves of its bounds
	sumBits      = 72 // of 4⁵ accounts
	chargeOffset = 160
	chargeBits   = 65 // spread, crowd and paid-up behind the bound; not two-sided: such an entry has another leaf for short lots

	residualOffset = 64 // of the residual of negative cash in the head of the global leaf
	residualBits   = 32
	headBits       = 208 // of that head

	sensed = publicinput.SenseDays + 1 // sensitivities in the element of the value: delta, value, vega, one date
)

const (
	levelsMax  = 5
	depthMax   = 15
	entriesMax = 45
)

// Circuit is the circuit's name.
func (s Shape) Circuit() string { return Name }

// String is the shape as it stands in file names.
func (s Shape) String() string {
	return s.Format.Named(fmt.Sprintf("%d-%d-%d-%d-%d-%d-%d-%d", s.Levels, s.Positions, s.Lines, s.Instruments, s.Assets, s.Rows, s.Members,
		s.Depth))
}

// Encoded is the shape as requests hold it.
func (s Shape) Encoded() []any {
	return s.Format.Encoded(int64(s.Levels), int64(s.Positions), int64(s.Lines), int64(s.Instruments), int64(s.Assets), int64(s.Rows),
		int64(s.Members), int64(s.Depth))
}

// Empty is the circuit without values.
func (s Shape) Empty() frontend.Circuit { return New(s) }

func (s Shape) accounts() int { return 1 << (2 * s.Levels) }

// ReadShape reads a shape.
func ReadShape(value canonical.Value) groth.Shape {
	f, format := account.ReadFormat(value, "levels", "positions", "lines", "instruments", "assets", "rows", "members", "accountDepth")
	shape := Shape{Levels: int(f[0].Int(1, levelsMax)), Positions: int(f[1].Int(1, entriesMax)), Lines: int(f[2].Int(1, entriesMax)),
		Instruments: int(f[3].Int(1, publicinput.TableLeaves)), Assets: int(f[4].Int(1, publicinput.TableLeaves)),
		Rows: int(f[5].Int(1, math.MaxUint8)), Members: int(f[6].Int(2, 1<<(2*levelsMax))), Depth: int(f[7].Int(1, depthMax)),
		Format: format}
	if shape.Levels > shape.Depth {
		f[0].Refuse("BAD_SHAPE")
	}
	return shape
}

// New is the circuit of a shape, to compile or to assign.
func New(shape Shape) *Circuit {
	c := &Circuit{shape: shape, Instruments: make([]EntryInputs, shape.Instruments), Assets: make([]EntryInputs, 2*shape.Assets),
		Accounts: make([]AccountInputs, shape.accounts()), Members: make([]frontend.Variable, shape.Members),
		Largest: make([]LargestInputs, shape.Rows)}
	for i := range c.Instruments {
		c.Instruments[i] = newEntry(shape, publicinput.Instrument)
	}
	for i := range c.Assets {
		c.Assets[i] = newEntry(shape, publicinput.Collateral)
	}
	for t := range c.Accounts {
		c.Accounts[t] = AccountInputs{Positions: make([]gadget.Slot, shape.Positions), Lines: make([]gadget.Slot, shape.Lines),
			Lots: make([]frontend.Variable, shape.Instruments+2*shape.Assets), Short: make([]frontend.Variable, shape.Instruments),
			Member: make([]frontend.Variable, shape.Members), Beyond: make([]frontend.Variable, shape.Rows),
			Spare: make([]frontend.Variable, shape.Rows), Standings: shape.Format.Standings()}
	}
	for r := range c.Largest {
		c.Largest[r].Marked = make([]frontend.Variable, shape.Members)
	}
	return c
}

func newEntry(shape Shape, domain publicinput.Domain) EntryInputs {
	return EntryInputs{Losses: make([]frontend.Variable, publicinput.Wide.Elements(shape.Rows)),
		Sense: make([]frontend.Variable, publicinput.SenseElements(domain))}
}
