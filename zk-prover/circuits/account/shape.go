package account

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/refusal"
)

// Opening is how a circuit opens the table.
type Opening string

// The openings.
const (
	// Direct opens and hashes the table's rows inside the circuit, in one round.
	Direct Opening = "direct"
	// Challenge opens each row's evaluation at a point that is drawn after the account's losses were committed to: seal, then challenge.
	Challenge Opening = "challenge"
	// Compact is Challenge in the narrow packing: a smaller key, for accounts whose gross is below 2⁴⁷ u. It has request seals of its own.
	Compact Opening = "compact"
)

// Packing is how an opening packs columns.
func (o Opening) Packing() publicinput.Packing {
	if o == Compact {
		return publicinput.Narrow
	}
	return publicinput.Wide
}

// Sealed says whether losses are committed to and sealed before the table is opened.
func (o Opening) Sealed() bool { return o != Direct }

// ReadOpening reads the name of an opening.
func ReadOpening(value canonical.Value) Opening {
	opening := Opening(value.Text())
	if opening != Direct && opening != Challenge && opening != Compact {
		value.Refuse("BAD_SHAPE")
	}
	return opening
}

// Shape is the size of a circuit: how much of an account it holds and which tables it opens. Every shape has its own key.
type Shape struct {
	Positions int // different instruments in positions ∪ paid
	Lines     int // collateral and debt
	Groups    int // groups that an entry names
	Venues    int // whose attestations the positions are added up from; 0: the circuit asks for none
	Depth     int // of the account tree
	Opening   Opening
	Structure risktable.Structure
	Buffer    BufferShape // of a house that publishes one; such a shape claims kinds 5 and 6 and no others
	Standings int         // of an account over a table that lists venues, as the structure's paths say; else 0
}

// entriesMax bounds the entries of a list: 45 are one permutation, so one list has one hash in every shape.
const entriesMax = 45

func readShape(value canonical.Value) Shape {
	names := []string{"positions", "lines", "groups", "venues", "accountDepth", "opening", "structure"}
	fields := len(value.Items())
	buffered, venues := fields > len(names), fields > len(names)+1
	if buffered {
		names = append(names, "buffer")
	}
	if venues {
		names = append(names, "standings")
	}
	f := value.Tuple(names...)
	shape := Shape{Positions: int(f[0].Int(1, entriesMax)), Lines: int(f[1].Int(1, entriesMax)), Groups: int(f[2].Int(1, publicinput.GroupsFilled)),
		Venues: int(f[3].Int(0, venuesMax)), Depth: int(f[4].Int(1, accountDepthMax)), Opening: ReadOpening(f[5]),
		Structure: risktable.ReadStructure(f[6])}
	if venues {
		shape.Standings = int(f[8].Int(1, standingsMax))
	}
	if shape.Structure.AtVenues() != venues {
		value.Refuse("BAD_SHAPE")
	}
	if buffered && !(venues && len(f[7].Items()) == 0) {
		b := f[7].Tuple("scenarios", "groups", "entries")
		shape.Buffer = BufferShape{Scenarios: int(b[0].Int(1, tariff.ScenariosMax)), Groups: int(b[1].Int(1, publicinput.TableLeaves)),
			Entries: int(b[2].Int(1, publicinput.TableLeaves))}
	}
	return shape
}

// Encoded is the shape as requests hold it.
func (s Shape) Encoded() []any {
	encoded := []any{int64(s.Positions), int64(s.Lines), int64(s.Groups), int64(s.Venues), int64(s.Depth), string(s.Opening), s.Structure.Encoded()}
	if s.opensTariff() {
		encoded = append(encoded, []any{int64(s.Buffer.Scenarios), int64(s.Buffer.Groups), int64(s.Buffer.Entries)})
	}
	if s.Standings > 0 {
		if !s.opensTariff() {
			encoded = append(encoded, []any{})
		}
		encoded = append(encoded, int64(s.Standings))
	}
	return encoded
}

func (s Shape) opensTariff() bool { return s.Buffer != BufferShape{} }

// kinds are the kinds of claim of the shape.
func (s Shape) kinds() []int64 {
	kinds := []int64{publicinput.TagExcessOverInitial, publicinput.TagExcessOverMaintenance, publicinput.TagInitialMarginEquals}
	if s.opensTariff() {
		kinds = []int64{publicinput.TagExcessOverBuffer}
	}
	if s.sealsMargins() {
		kinds = append(kinds, publicinput.TagMarginSealed)
	}
	return kinds
}

// venuesMax bounds the attestations of an account.
const venuesMax = 16

// standingsMax bounds the standings of an account.
const standingsMax = 16

// accountDepthMax keeps every account number, and the name in a claim, below 2³².
const accountDepthMax = 15

// String is the shape as it stands in file names: its sizes and, for the structure, the begin of the shape's SHA-256.
func (s Shape) String() string {
	digest := sha256.Sum256(canonical.Encode(s.Encoded()))
	return fmt.Sprintf("%d-%d-%d-%d-%d-%d-%d-%s-%s", s.Positions, s.Lines, s.Groups, s.Venues, s.Structure.Rows, s.Structure.EsRows, s.Depth, s.Opening,
		hex.EncodeToString(digest[:4]))
}

// rows is the number of row slots: instruments, then lines.
func (s Shape) rows() int { return s.Positions + s.Lines }

// holds says whether an account fits, or names what does not.
func (s Shape) holds(slots, lines, groups, standings int, number int64) error {
	for _, limit := range []struct {
		where     string
		have, max int64
	}{
		{"account.positions", int64(slots), int64(s.Positions)}, {"account.lines", int64(lines), int64(s.Lines)},
		{"account.groups", int64(groups), int64(s.Groups)}, {"account.standings", int64(standings), int64(s.Standings)}, {"account.number",
			number, int64(1)<<(2*s.Depth) - 1},
	} {
		if limit.have > limit.max {
			return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "%s", limit.where)
		}
	}
	return nil
}

// StructureDigest names the structure of the tables that the shape opens.
func (s Shape) StructureDigest() fr.Element { return s.Structure.Digest() }
