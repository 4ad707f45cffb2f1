package account

import (
	"crypto/sha256"
	"math/big"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	gnarkcs "github.com/consensys/gnark/frontend/cs"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/std/math/bits"

	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/publicinput"
)

// bitwise ranges by bits, each of which is a wire with a constraint of its own: the look-up argument of the product binds its limbs only by
// one equation at a challenge, which a derivative cannot see.
type bitwise struct{ frontend.API }

func (b bitwise) Check(v frontend.Variable, width int) {
	bits.ToBinary(b.API, v, bits.WithNbDigits(width))
}

// isolated is the account circuit with such ranges; Free, where planted, is the output of a hint that nothing constrains.
type isolated struct {
	Inner   Circuit
	planted bool
}

func (c *isolated) Define(api frontend.API) error {
	if c.planted {
		if _, err := api.NewHint(free, 1, c.Inner.Account.Salt); err != nil {
			return err
		}
	}
	return c.Inner.Define(bitwise{api})
}

func free(_ *big.Int, in, out []*big.Int) error {
	out[0].Set(in[0])
	return nil
}

func init() { solver.RegisterHint(free) }

// given are the inputs that a prover does not choose: what the epoch seals, what the table, the lists and the margin tree hold. How many openings stand under
// each node of the cap is bound at the challenge alone.
var given = regexp.MustCompile(`^Inner_(Epoch|Account|Owner|Table|Request|Seal|Challenge|Scope|Nullifier|Statement|MarginLeaf)`)

// undetermined gives the wires that could move without any constraint noticing, to first order: whose column in the Jacobian of the constraints
// at this witness stays when one wire after another is taken out that some constraint alone determines.
func undetermined(t *testing.T, circuit, assignment *isolated) []int {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, circuit)
	if err != nil {
		t.Fatal(err)
	}
	system := compiled.(*cs.R1CS)
	full, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	commitment := solver.OverrideHint(solver.GetHintID(gnarkcs.Bsb22CommitmentComputePlaceholder), func(field *big.Int, committed, out []*big.Int) error {
		hash := sha256.New()
		for _, value := range committed {
			hash.Write(value.FillBytes(make([]byte, fr.Bytes)))
		}
		out[0].Mod(out[0].SetBytes(hash.Sum(nil)), field)
		return nil
	})
	solved, err := system.Solve(full, commitment)
	if err != nil {
		t.Fatal(err)
	}
	values := solved.(*cs.R1CSSolution).W
	known := make([]bool, len(values))
	names := witnesstest.Names(t, assignment)
	for wire := range known {
		known[wire] = wire == 0 || wire <= len(names) && given.MatchString(names[wire-1]) && !strings.Contains(names[wire-1], "_Stands_")
	}
	for _, info := range system.CommitmentInfo.(constraint.Groth16Commitments) {
		// The challenge; before it stands the random mask that hides what is committed.
		known[info.CommitmentIndex], known[info.CommitmentIndex-1] = true, true
	}
	return peel(jacobian(system, values, known), known)
}

// jacobian are the rows of d(L·R − O) over the unknown wires, zero entries left out.
func jacobian(system *cs.R1CS, values fr.Vector, known []bool) (rows [][]int) {
	constraints := system.GetR1CIterator()
	for r1c := constraints.Next(); r1c != nil; r1c = constraints.Next() {
		evaluate := func(expression constraint.LinearExpression) (sum fr.Element) {
			for _, term := range expression {
				product := system.Coefficients[term.CID]
				product.Mul(&product, &values[term.VID])
				sum.Add(&sum, &product)
			}
			return sum
		}
		left, right, minus := evaluate(r1c.L), evaluate(r1c.R), fr.One()
		minus.Neg(&minus)
		row := map[int]fr.Element{}
		for _, side := range []struct {
			expression constraint.LinearExpression
			factor     fr.Element
		}{{r1c.L, right}, {r1c.R, left}, {r1c.O, minus}} {
			for _, term := range side.expression {
				if known[term.VID] {
					continue
				}
				product := system.Coefficients[term.CID]
				product.Mul(&product, &side.factor)
				entry := row[int(term.VID)]
				row[int(term.VID)] = *entry.Add(&entry, &product)
			}
		}
		var wires []int
		for wire, entry := range row {
			if !entry.IsZero() {
				wires = append(wires, wire)
			}
		}
		rows = append(rows, wires)
	}
	return rows
}

// peel takes out wires that one constraint alone determines, until none is left.
func peel(rows [][]int, known []bool) (rest []int) {
	byWire, count := map[int][]int{}, make([]int, len(rows))
	var ready []int
	for i, row := range rows {
		count[i] = len(row)
		for _, wire := range row {
			byWire[wire] = append(byWire[wire], i)
		}
		if len(row) == 1 {
			ready = append(ready, i)
		}
	}
	for len(ready) > 0 {
		row := rows[ready[len(ready)-1]]
		ready = ready[:len(ready)-1]
		at := slices.IndexFunc(row, func(wire int) bool { return !known[wire] })
		if at < 0 {
			continue
		}
		known[row[at]] = true
		for _, i := range byWire[row[at]] {
			if count[i]--; count[i] == 1 {
				ready = append(ready, i)
			}
		}
	}
	for wire, determined := range known {
		if !determined {
			rest = append(rest, wire)
		}
	}
	return rest
}

// Every wire of the circuit follows from what is sealed and public: no hint and no result of the formula could be another near this one.
func TestShouldDetermineEveryWire(t *testing.T) {
	random := rand.New(rand.NewPCG(121, 122))
	for _, shape := range []Shape{tiny, withVenues(tiny)} {
		d := drawFor(t, random, shape, publicinput.Given, 5000, func(account publicinput.AccountLeaf, e seen) bool {
			return e.Liability && len(account.Positions) == 1 && len(account.Lines) == 1
		})
		assignment := assign(t, d).Circuit
		for _, planted := range []bool{false, true} {
			circuit := &isolated{Inner: *New(shape), planted: planted}
			loose := undetermined(t, circuit, &isolated{Inner: *assignment, planted: planted})
			if planted != (len(loose) == 1) || len(loose) > 1 {
				t.Errorf("planted hint: %t; %d wires are determined by nothing: %v", planted, len(loose), loose[:min(len(loose), 10)])
			}
		}
	}
}
