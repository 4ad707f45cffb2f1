package book

import (
	"fmt"

	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
)

// Names of the circuits in requests and file names.
const (
	BatchName = "book-batch"
	SumName   = "book-sum"
	TopName   = "book-top"
)

// Shape is the size of a batch. Every shape has its own key.
type Shape struct {
	Levels      int // 4^Levels accounts
	Lines       int // lines of an account, collateral and debt
	Positions   int // positions of an account; 0: a batch of accounts without positions
	Assets      int // assets of the values
	Instruments int // instruments of the values
	Tiers       int // own-size charges of a line
	Paid        int // entries of an account's paid list; 0: a batch of accounts without paid lots
	Format      account.Format
}

// Production is the shape whose cost the goals name: 16 lines of 100 assets, 256 accounts.
var Production = Shape{Levels: 4, Lines: 16, Assets: 100}

// House is the shape of accounts that hold positions too.
var House = Shape{Levels: 3, Lines: 8, Positions: 16, Assets: 100, Instruments: 400, Paid: 4}

const (
	levelsMax      = 5 // 2¹⁰ accounts, so that a count fits its limb and a total 42 bits
	entriesMax     = 45
	assetsMax      = 1 << 9
	instrumentsMax = 1 << 10
	depthMax       = 15
)

// Accounts is the number of places of a batch.
func (s Shape) Accounts() int { return 1 << (2 * s.Levels) }

// lineRows and instrumentRows count the rows of the values: those that may be listed, then one empty row for each slot of an account.
func (s Shape) lineRows() int       { return 2*s.Assets + s.Lines }
func (s Shape) instrumentRows() int { return s.Instruments + max(s.Positions, s.Paid) }

// paidRows counts the instrument rows that a slot of a paid list may use.
func (s Shape) paidRows() int {
	if s.Paid == 0 {
		return 0
	}
	return s.Instruments + s.Paid
}

// indexBits bounds the index of a batch. Where the account's number shares an element with its cash, it keeps the number below 2³⁰.
func (s Shape) indexBits() int {
	if s.Format == account.OverVenues {
		return indexBits + indexSpare - 2*s.Levels
	}
	return indexBits
}

// Circuit is the circuit's name.
func (s Shape) Circuit() string { return BatchName }

// Encoded is the shape as requests hold it.
func (s Shape) Encoded() []any {
	return s.Format.Encoded(int64(s.Levels), int64(s.Lines), int64(s.Positions), int64(s.Assets), int64(s.Instruments), int64(s.Tiers),
		int64(s.Paid))
}

// Empty is the circuit without values.
func (s Shape) Empty() frontend.Circuit { return NewBatch(s) }

// String is the shape as it stands in file names.
func (s Shape) String() string {
	return s.Format.Named(fmt.Sprintf("%d-%d-%d-%d-%d-%d-%d", s.Levels, s.Lines, s.Positions, s.Assets, s.Instruments, s.Tiers, s.Paid))
}

// ReadShape reads the shape of a batch.
func ReadShape(value canonical.Value) groth.Shape { return readShape(value) }

func readShape(value canonical.Value) Shape {
	f, format := account.ReadFormat(value, "levels", "lines", "positions", "assets", "instruments", "tiers", "paid")
	shape := Shape{Levels: int(f[0].Int(1, levelsMax)), Lines: int(f[1].Int(1, entriesMax)), Positions: int(f[2].Int(0, entriesMax)),
		Assets: int(f[3].Int(1, assetsMax)), Instruments: int(f[4].Int(0, instrumentsMax)), Tiers: int(f[5].Int(0, publicinput.KnotsMax)),
		Paid: int(f[6].Int(0, entriesMax)), Format: format}
	if (shape.Positions == 0) != (shape.Instruments == 0) {
		f[4].Refuse("BAD_SHAPE")
	}
	if shape.Paid > 0 && shape.Instruments == 0 {
		f[6].Refuse("BAD_SHAPE")
	}
	return shape
}

// SumShape is the size of a layer: 4^Fan nodes that stand Height levels above the leaves of a tree, over batches of one shape. With Depth
// above 0 it is the top layer of an account tree of that depth.
type SumShape struct {
	Assets, Instruments int
	Height, Fan         int
	Depth               int
}

// ProductionTop is the top layer over sixteen batches of Production: 4,096 accounts of a tree of 2²⁰.
var ProductionTop = SumShape{Assets: Production.Assets, Height: Production.Levels, Fan: 2, Depth: 10}

// Children is the number of nodes that a layer sums.
func (s SumShape) Children() int { return 1 << (2 * s.Fan) }

// Circuit is the circuit's name.
func (s SumShape) Circuit() string {
	if s.Depth > 0 {
		return TopName
	}
	return SumName
}

// Encoded is the shape as requests hold it.
func (s SumShape) Encoded() []any {
	return []any{int64(s.Assets), int64(s.Instruments), int64(s.Height), int64(s.Fan), int64(s.Depth)}
}

// Empty is the circuit without values.
func (s SumShape) Empty() frontend.Circuit {
	if s.Depth > 0 {
		return NewTop(s)
	}
	return NewSum(s)
}

// String is the shape as it stands in file names.
func (s SumShape) String() string {
	return fmt.Sprintf("%d-%d-%d-%d-%d", s.Assets, s.Instruments, s.Height, s.Fan, s.Depth)
}

// ReadSumShape reads the shape of a layer of sums; ReadTopShape that of the top layer, whose depth is above 0.
func ReadSumShape(value canonical.Value) groth.Shape { return readSumShape(value, 0, 0) }

// ReadTopShape reads the shape of the top layer.
func ReadTopShape(value canonical.Value) groth.Shape { return readSumShape(value, 1, depthMax) }

func readSumShape(value canonical.Value, depthLeast, depthMost int64) SumShape {
	f := value.Tuple("assets", "instruments", "height", "fan", "depth")
	shape := SumShape{Assets: int(f[0].Int(1, assetsMax)), Instruments: int(f[1].Int(0, instrumentsMax)), Height: int(f[2].Int(1, depthMax)),
		Fan: int(f[3].Int(1, levelsMax)), Depth: int(f[4].Int(depthLeast, depthMost))}
	if height := shape.Height + shape.Fan; shape.Depth > 0 && height > shape.Depth || height > depthMax {
		f[2].Refuse("BAD_SHAPE")
	}
	return shape
}

// Bits of the integers of a book.
const (
	lotsBits      = 31
	keyBits       = 32
	cashBits      = 60
	totalBits     = 42 // 2¹⁰ accounts of 2³¹ lots, and one more
	countBits     = gadget.WideLimb
	magnitudeBits = 92 // 61 entries of 2⁶² u and cash, in 10⁻⁶ u
	publishedBits = 63
	indexBits     = 28 // a tree of 4¹⁵ leaves has as many batches of four
	indexSpare    = 2  // what three narrow limbs hold beyond an index
	accountsBits  = 32
)
