package account

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// Format says which accounts a circuit opens: those of a house whose tables list venues have standings, and leaves of their own. It is part
// of the shape of circuits that open the hash of the standings alone.
type Format bool

// OverVenues is the format of a house whose tables list venues.
const OverVenues Format = true

// ReadFormat reads the fields of a shape that ends with a 1 where accounts have standings.
func ReadFormat(value canonical.Value, names ...string) ([]canonical.Value, Format) {
	if len(value.Items()) <= len(names) {
		return value.Tuple(names...), !OverVenues
	}
	f := value.Tuple(append(names, "standings")...)
	f[len(names)].Int(1, 1)
	return f, OverVenues
}

// Encoded is a shape as ReadFormat reads it.
func (f Format) Encoded(shape ...any) []any {
	if f == OverVenues {
		shape = append(shape, int64(1))
	}
	return shape
}

// Named is the name of a shape's sizes, the 1 at its end among them.
func (f Format) Named(sizes string) string {
	if f == OverVenues {
		return sizes + "-1"
	}
	return sizes
}

// Standings are the inputs of an account's leaf beside its lists: the hash of its standings, or none.
func (f Format) Standings() []frontend.Variable {
	if f == OverVenues {
		return make([]frontend.Variable, 1)
	}
	return nil
}

// FillStandings fills them.
func FillStandings(inputs []frontend.Variable, standings []publicinput.Standing) {
	for i := range inputs {
		inputs[i] = publicinput.StandingsHash(standings)
	}
}

// CheckTable refuses a table of the other format.
func (f Format) CheckTable(table *risktable.Table) error {
	if Format(table.AtVenues()) != f {
		return refusal.New(refusal.Key, "TABLE_SHAPE_DIFFERS", "table.version")
	}
	return nil
}

// CheckAccounts refuses accounts of the other format.
func (f Format) CheckAccounts(accounts []publicinput.AccountLeaf) error {
	for i, leaf := range accounts {
		if Format(leaf.AtVenues) != f {
			return refusal.New(refusal.Account, "FORMAT_DIFFERS", "request.accounts[%d].version", i)
		}
	}
	return nil
}
