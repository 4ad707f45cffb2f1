package account

import (
	"math/big"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/rangecheck"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/publicinput"
)

// survivors mutates every value of a witness, in turn by +1 and to a random element, and gives the names of those with which it is still
// accepted.
func survivors(t *testing.T, random *rand.Rand, assignment *Assignment) map[string]bool {
	t.Helper()
	return survivorsOf(t, random, assignment, "")
}

// survivorsOf does so with the values whose names match.
func survivorsOf(t *testing.T, random *rand.Rand, assignment *Assignment, wanted string) map[string]bool {
	t.Helper()
	return survivorsIn(t, random, systems[assignment.Circuit.shape.String()](), assignment.Circuit, wanted)
}

func survivorsIn(t *testing.T, random *rand.Rand, system *cs.R1CS, circuit frontend.Circuit, wanted string) map[string]bool {
	t.Helper()
	pattern := regexp.MustCompile(wanted)
	full, err := frontend.NewWitness(circuit, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	vector, names, alive := full.Vector().(fr.Vector), witnesstest.Names(t, circuit), map[string]bool{}
	if len(names) != len(vector) {
		t.Fatalf("%d names for %d values", len(names), len(vector))
	}
	one, changed := fr.One(), witnesstest.Changed(names)
	for i, name := range names {
		if !changed[i] || !pattern.MatchString(name) {
			continue
		}
		kept := vector[i]
		vector[i] = *new(fr.Element).Add(&kept, &one)
		if random.IntN(2) == 0 {
			vector[i] = randomElement(random)
		}
		if groth.SolveWitness(system, full) == nil {
			alive[name] = true
		}
		vector[i] = kept
	}
	for _, name := range tied(names, vector) {
		delete(alive, name)
	}
	return alive
}

// tied are the choices between rows of expected shortfall whose losses are alike and lie at the quantile: which of them counts as beyond it
// is the prover's, and makes no difference. A row that lies there alone is named by its run, and must not count as beyond.
func tied(names []string, vector fr.Vector) []string {
	var at []string
	for i, name := range names {
		if row, found := strings.CutSuffix(name, "_Distance"); found && strings.HasPrefix(name, "Margin_Tails_") && vector[i].IsZero() {
			at = append(at, row+"_Beyond")
		}
	}
	if len(at) < 2 {
		return nil
	}
	return at
}

// filled draws an account with an entry in every slot of the shape.
func filled(t *testing.T, random *rand.Rand, shape Shape) drawn {
	t.Helper()
	return drawFor(t, random, shape, publicinput.Given, 5000, func(account publicinput.AccountLeaf, e seen) bool {
		return len(e.instruments) == shape.Positions && len(account.Lines) == shape.Lines && len(e.sums.Groups) == shape.Groups &&
			len(account.Paid) > 0 && account.Cash < 0
	})
}

func assertSurvivors(t *testing.T, alive map[string]bool, allowed string) {
	t.Helper()
	pattern := regexp.MustCompile(allowed)
	for name := range alive {
		if !pattern.MatchString(name) {
			t.Errorf("%s may be changed without notice", name)
		}
	}
}

// The challenge is the prover's to choose; in a finished proof it is fixed like every public input. The leaf of the margin tree is of no tree
// in a claim of another tag than 6: the nodes beside it are free.
const challengeOnly = `^(Challenge|MarginLeaf_0_Nodes_0_[0-3])$`

func TestShouldRejectEveryMutationOfAFullWitness(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	for _, shape := range []Shape{small, smallChallenge, smallCompact} {
		assertSurvivors(t, survivors(t, random, assign(t, filled(t, random, shape))), challengeOnly)
	}
}

// In an account with empty slots only what such a slot opens is free: nodes beside its path, which stands nowhere in the cap, and the
// tail that its short leaf does not have. An account that owes nothing has no inverse of what it owes. One that loses nothing in any row of
// expected shortfall has all rows at the quantile: which of them count as beyond it is the prover's choice, and makes no difference.
func TestShouldRejectEveryMutationThatAnEmptySlotDoesNotExcuse(t *testing.T) {
	random := rand.New(rand.NewPCG(23, 24))
	d := draw(t, random, publicinput.Given, 5000)
	d.request.Account.Positions, d.request.Account.Paid, d.request.Account.Lines = nil, nil, nil
	d.request.Account.Cash = 5
	d.request = reseal(small, d.request)
	d.request.Claim.Amount = 0
	assertSurvivors(t, survivors(t, random, assign(t, d)),
		`^(Challenge|MarginLeaf_0_Nodes_0_[0-3]|Margin_LiabilityInverse|Table_(Instruments|Lines)_\d+_Row_Path_0_Children_[123]|`+
			`Table_(Instruments|Lines)_\d+_Row_Columns_0_(Legs_\d|Es)_\d+|Margin_(Tails_\d+_Beyond|Boundary_\d+))$`)
}

// The only hints are those of the range checks: limbs, and how often each occurs. Wrong ones must not help.
func TestShouldRejectWrongHints(t *testing.T) {
	random := rand.New(rand.NewPCG(25, 26))
	full, err := frontend.NewWitness(assign(t, draw(t, random, publicinput.Given, 5000)).Circuit, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	lie := func(field *big.Int, in, out []*big.Int) error {
		if err := rangecheck.DecomposeHint(field, in, out); err != nil {
			return err
		}
		out[0].Add(out[0], big.NewInt(1)) // one more in the lowest limb
		return nil
	}
	if groth.SolveWitness(systems[small.String()](), full) != nil {
		t.Fatal("honest hints must be accepted")
	}
	if groth.SolveWitness(systems[small.String()](), full, solver.OverrideHint(solver.GetHintID(rangecheck.DecomposeHint), lie)) == nil {
		t.Fatal("wrong limbs must be rejected")
	}
}
