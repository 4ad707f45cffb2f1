package book

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// Values are what one lot of every entry counts in an equity, u: the lists that a verifier makes from the risk table.
type Values struct {
	Residual    int64             // of negative cash, ppm
	Lines       []LineValue       // collateral and debt of every asset, by key
	Instruments []InstrumentValue // by number
}

// LineValue is the value of one lot of a line, below 0 for a debt, and its own-size charges.
type LineValue struct {
	Key, Value int64
	Tiers      []risktable.Knot
}

// InstrumentValue is what a long lot is worth and what a short lot owes: the same today; a band takes the lower and the higher.
type InstrumentValue struct {
	Number, Long, Short int64
}

// ValuesOf are the values of a risk table.
func ValuesOf(table *risktable.Table) Values {
	values := Values{Residual: table.Parameters.CashResidual}
	for i, collateral := range table.Collateral {
		debt := table.Debts[i]
		values.Lines = append(values.Lines,
			LineValue{Key: publicinput.LineKey(collateral.Number, false), Value: collateral.Value, Tiers: collateral.Knots},
			LineValue{Key: publicinput.LineKey(debt.Number, true), Value: debt.Value, Tiers: debt.Knots})
	}
	for _, row := range table.Instruments {
		values.Instruments = append(values.Instruments, InstrumentValue{Number: row.Number, Long: row.Value, Short: row.Value})
	}
	return values
}

// Worsened is the band that holds while no value moves against the accounts by more than ppm of itself, raised to at least one unit.
func (v Values) Worsened(ppm int64) Values {
	worse := Values{Residual: v.Residual}
	shift := func(value int64) int64 { return (max(value, -value)*ppm + risktable.Million - 1) / risktable.Million }
	for _, line := range v.Lines {
		value := max(line.Value-shift(line.Value), -risktable.BoundMax)
		if line.Key%2 == 0 {
			value = max(value, 0)
		}
		worse.Lines = append(worse.Lines, LineValue{Key: line.Key, Value: value, Tiers: line.Tiers})
	}
	for _, row := range v.Instruments {
		worse.Instruments = append(worse.Instruments, InstrumentValue{Number: row.Number, Long: max(row.Long-shift(row.Long), -risktable.BoundMax),
			Short: min(row.Short+shift(row.Short), risktable.BoundMax)})
	}
	return worse
}

// Covers says whether a batch proved at v needs no new proof at today's values: the same rows, or the first of them, and no value of today
// is worse for an account.
func (v Values) Covers(today Values) bool {
	if today.Residual > v.Residual || len(v.Lines) > len(today.Lines) || len(v.Instruments) > len(today.Instruments) {
		return false
	}
	for i, line := range v.Lines {
		now := today.Lines[i]
		if now.Key != line.Key || now.Value < line.Value || !tiersCover(line.Tiers, now.Tiers) {
			return false
		}
	}
	for i, row := range v.Instruments {
		now := today.Instruments[i]
		if now.Number != row.Number || now.Long < row.Long || now.Short > row.Short {
			return false
		}
	}
	return true
}

// of are the values that a shape counts: no charges by size and no instruments where it has no room for any.
func (v Values) of(shape Shape) Values {
	counted := Values{Residual: v.Residual, Lines: slices.Clone(v.Lines)}
	for i := range counted.Lines {
		if shape.Tiers == 0 {
			counted.Lines[i].Tiers = nil
		}
	}
	if shape.Instruments > 0 {
		counted.Instruments = v.Instruments
	}
	return counted
}

// tiersCover: as many charges or more, none beginning later or rising slower than today's.
func tiersCover(tiers, today []risktable.Knot) bool {
	if len(today) > len(tiers) {
		return false
	}
	for i, now := range today {
		if now.Threshold < tiers[i].Threshold || now.Slope > tiers[i].Slope {
			return false
		}
	}
	return true
}

// fits says whether a shape holds the values, and that every number fits its range.
func (v Values) fits(shape Shape) error {
	if v = v.of(shape); len(v.Lines) > 2*shape.Assets || len(v.Instruments) > shape.Instruments {
		return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "values")
	}
	last, wrong := int64(-1), false
	for i, line := range v.Lines {
		wrong = wrong || line.Key <= last || line.Key > 1<<keyBits-1 || outside(line.Value) || int64(i)%2 != line.Key%2
		wrong = wrong || len(line.Tiers) > shape.Tiers
		for _, tier := range line.Tiers {
			wrong = wrong || tier.Threshold < 0 || tier.Threshold > publicinput.LotsMax || tier.Slope < 0 || outside(tier.Slope)
		}
		last = line.Key
	}
	last = -1
	for _, row := range v.Instruments {
		wrong = wrong || row.Number <= last || row.Number > 1<<keyBits-1 || outside(row.Long) || outside(row.Short)
		last = row.Number
	}
	if wrong || len(v.Lines)%2 != 0 || v.Residual < 0 || v.Residual > risktable.Million {
		return refusal.New(refusal.Request, "OUT_OF_RANGE", "values")
	}
	return nil
}

func outside(value int64) bool { return value > risktable.BoundMax || value < -risktable.BoundMax }

// tier is an own-size charge of a line; one that the table does not have charges nothing.
func (l LineValue) tier(t int) risktable.Knot {
	if t < len(l.Tiers) {
		return l.Tiers[t]
	}
	return risktable.Knot{}
}

// Digest is H_16(25; residual, the hashes of the columns): values, then threshold and slope of each charge, then long and short values of
// instruments. A column's words are those of a list with the key and the value in the place of the lots.
func (v Values) Digest(shape Shape) fr.Element {
	v = v.of(shape)
	lines := len(v.Lines)
	columns := [][]publicinput.Entry{make([]publicinput.Entry, lines)}
	for i, line := range v.Lines {
		columns[0][i] = publicinput.Entry{Key: line.Key, Lots: line.Value}
	}
	for t := range shape.Tiers {
		thresholds, slopes := make([]publicinput.Entry, lines), make([]publicinput.Entry, lines)
		for i, line := range v.Lines {
			thresholds[i] = publicinput.Entry{Key: line.Key, Lots: line.tier(t).Threshold}
			slopes[i] = publicinput.Entry{Key: line.Key, Lots: line.tier(t).Slope}
		}
		columns = append(columns, thresholds, slopes)
	}
	elements := []fr.Element{publicinput.Signed(v.Residual)}
	for _, column := range columns {
		elements = append(elements, columnHash(column, shape.lineRows()))
	}
	if shape.Instruments > 0 {
		long, short := make([]publicinput.Entry, len(v.Instruments)), make([]publicinput.Entry, len(v.Instruments))
		for i, row := range v.Instruments {
			long[i], short[i] = publicinput.Entry{Key: row.Number, Lots: row.Long}, publicinput.Entry{Key: row.Number, Lots: row.Short}
		}
		elements = append(elements, columnHash(long, shape.instrumentRows()), columnHash(short, shape.instrumentRows()))
	}
	return publicinput.HashOf(publicinput.BookValues, elements...)
}

// columnHash counts the entries and hashes as many words as the shape has rows.
func columnHash(column []publicinput.Entry, rows int) fr.Element {
	elements := publicinput.ListElements(column)
	padding := (rows+publicinput.WordsPerElement-1)/publicinput.WordsPerElement - len(elements)
	return publicinput.Hash(publicinput.BookList, len(column), append(elements, make([]fr.Element, padding)...))
}

// lineRow and instrumentRow find the row of a key.
func (v Values) lineRow(key int64) (int, bool) {
	return slices.BinarySearchFunc(v.Lines, key, func(line LineValue, key int64) int { return int(line.Key - key) })
}

func (v Values) instrumentRow(number int64) (int, bool) {
	return slices.BinarySearchFunc(v.Instruments, number, func(row InstrumentValue, number int64) int { return int(row.Number - number) })
}
