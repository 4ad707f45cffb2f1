package risktable

import (
	"crypto/sha256"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/canonical"
)

// The families and the number of combos that the account circuit knows: J, every row but the last alone; S, all rows per group.
const (
	JointFamily   = "J"
	SumFamily     = "S"
	FamiliesKnown = 2
	CombosKnown   = 2
)

// Families are the families of a table with so many rows, as the encoding writes them.
func Families(rows int) []any {
	points, all := make([]any, rows-1), make([]any, rows)
	for r := range all {
		all[r] = int64(r)
		if r < rows-1 {
			points[r] = []any{int64(r)}
		}
	}
	return []any{[]any{JointFamily, points}, []any{SumFamily, []any{all}}}
}

// Structure identifies which rows stand in which family: 31 bytes of a SHA-256. It stands in the global leaf and in the circuit, so a
// key for one structure opens no table of another.
func Structure(rows, esRows int) (structure fr.Element) {
	digest := sha256.Sum256(canonical.Encode([]any{"bulwark-structure", int64(1), int64(rows), int64(esRows), Families(rows), int64(CombosKnown)}))
	structure.SetBytes(digest[:31])
	return structure
}
