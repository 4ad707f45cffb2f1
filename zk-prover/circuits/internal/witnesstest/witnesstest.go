// Package witnesstest holds what the tests of the circuits share: names of a witness, golden constraint counts.
package witnesstest

import (
	"crypto/sha256"
	"os"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/schema"
)

// Names are the names of a witness's values in the order of its vector: public inputs, then secret ones.
func Names(t testing.TB, circuit frontend.Circuit) []string {
	t.Helper()
	var found [2][]string
	_, err := schema.Walk(ecc.BN254.ScalarField(), circuit, reflect.TypeFor[frontend.Variable](), func(leaf schema.LeafInfo, _ reflect.Value) error {
		which := 0
		if leaf.Visibility == schema.Secret {
			which = 1
		}
		found[which] = append(found[which], leaf.FullName())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return append(found[0], found[1]...)
}

// Uncommitted are the values whose names match and that the circuit does not commit to before it draws a challenge: identities at one bind
// what was committed, and nothing else. That some value matches is asserted.
func Uncommitted(t testing.TB, system *cs.R1CS, circuit frontend.Circuit, pattern string) (late []string) {
	t.Helper()
	committed, matches := map[int]bool{}, 0
	for _, info := range system.CommitmentInfo.(constraint.Groth16Commitments) {
		for _, wire := range slices.Concat(info.PublicAndCommitmentCommitted, info.PrivateCommitted) {
			committed[wire] = true
		}
	}
	for i, name := range Names(t, circuit) {
		if !regexp.MustCompile(pattern).MatchString(name) {
			continue
		}
		matches++
		if wire := i + 1; !committed[wire] { // the first wire is the constant 1
			late = append(late, name)
		}
	}
	if matches == 0 {
		t.Fatalf("no value is named %s", pattern)
	}
	return late
}

var numbers = regexp.MustCompile(`\d+`)

// draw is what decides which part of the larger tests this run takes: before a push the digest of the circuits' sources, so that a change
// of them draws anew and every checkout of it takes the same part. Where it is not named, by night or by hand, they take all.
func draw() string { return os.Getenv("BULWARK_DRAW") }

// Changed says which values a mutation test changes in turn: all of them. With -short the first of each shape of name, where numbers count
// alike, so that every kind of value that a circuit reads is still changed once; before a push those and a sixteenth of the others, drawn.
func Changed(names []string) []bool {
	changed, seen := make([]bool, len(names)), map[string]bool{}
	for i, name := range names {
		shape := numbers.ReplaceAllString(name, "#")
		changed[i] = !seen[shape] || !testing.Short() && Drawn(name)
		seen[shape] = true
	}
	return changed
}

// Drawn says whether this run takes one of many larger cases by its name: by night and by hand all, before a push one in sixteen.
func Drawn(name string) bool { return DrawnOf(16, name) }

// DrawnOf is Drawn of one in so many.
func DrawnOf(many int, name string) bool {
	return draw() == "" || int(sha256.Sum256([]byte(draw() + name))[0]) < 256/many
}

// Size is how many a test takes: before a push and in the fast tier (-short) the first, by night and by hand the second.
func Size(push, all int) int {
	if draw() != "" || testing.Short() {
		return push
	}
	return all
}

// FullTier leaves a test out of the fast tier (-short): it makes keys, proves, or compiles a circuit of the full shape.
func FullTier(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("full tier: makes keys or compiles a full shape")
	}
}
