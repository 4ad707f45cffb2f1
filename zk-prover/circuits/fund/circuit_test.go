package fund

import (
	"flag"
	"math/rand/v2"
	"regexp"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

var update = flag.Bool("update", false, "write the golden files anew")

var everyPlace = []int{0, 1, 2, 3}

func TestShouldProveAFundThatHoldsTheNeedAndNoLess(t *testing.T) {
	witnesstest.FullTier(t)
	random, pairs, bounds := rand.New(rand.NewPCG(1, 2)), 0, map[string]int{}
	for round := range 25 {
		places := some(random, 4, 0, 4)
		request := drawHouse(t, random, places, []int64{7, 3, 7, 9}[:len(places)], 0)
		assignment := assign(t, request)
		if assignment.Need.Cmp(need(request)) != 0 {
			t.Fatalf("round %d: the need is %v, have %v", round, need(request), assignment.Need)
		}
		if !accepts(assignment) {
			t.Fatalf("round %d: a fund of the need must be accepted", round)
		}
		for i, margin := range request.Margins {
			switch credited(request, i) {
			case 0:
				bounds["nothing"]++
			case margin.Equity:
				bounds["sealed equity"]++
			case margin.Initial + margin.Buffer:
				bounds["margin"]++
			default:
				bounds["equity"]++
			}
		}
		if request.Fund > 0 {
			pairs++
			request.Fund--
			if _, err := Assign(small, request); err == nil || refusal.Of(err).Code != "CLAIM_NOT_MET" {
				t.Fatalf("round %d: one less must be refused; have %v", round, err)
			}
			setFund(assignment, request.Fund)
			if accepts(assignment) {
				t.Fatalf("round %d: one less must be rejected", round)
			}
		}
	}
	if pairs < 10 || len(bounds) < 4 {
		t.Fatalf("the draws must lose beyond what they hold, and every bound of a credit must bind; have %d of 25, %v", pairs, bounds)
	}
}

func setFund(a *Assignment, fund int64) {
	public := PublicInputs(a.Public[publicinput.SealInput], fund, small)
	a.Circuit.Fund, a.Circuit.Statement = gadget.Signed(fund), public[publicinput.StatementInput]
}

func TestShouldAgreeWithTheTestEngine(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	assignment := assign(t, drawHouse(t, random, everyPlace, []int64{1, 2, 1, 5}, 1))
	if err := test.IsSolved(New(small), assignment.Circuit, ecc.BN254.ScalarField()); err != nil {
		t.Fatal(err)
	}
}

func TestShouldRejectEveryMutation(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	request := losing(t, random, small.Instruments)
	full, err := frontend.NewWitness(assign(t, request).Circuit, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	// The fund may hold more. What a full house leaves free: the sign of no lots, nodes beside an empty entry's path, and in a row where an
	// account's second largest is not needed exactly, a second that is larger within the fund.
	allowed := regexp.MustCompile(`^(Fund|Accounts_\d+_Short_\d+|Largest_\d+_Second|(Instruments|Assets)_\d+_(Path_0_Children_[123]))$`)
	vector, one, names := full.Vector().(fr.Vector), fr.One(), witnesstest.Names(t, New(small))
	changed := witnesstest.Changed(names)
	for i, name := range names {
		if !changed[i] {
			continue
		}
		kept := vector[i]
		mutants := []fr.Element{*new(fr.Element).Add(&kept, &one)}
		if i%9 == 0 {
			mutants = append(mutants, randomElement(random))
		}
		for _, mutant := range mutants {
			vector[i] = mutant
			if groth.SolveWitness(smallSystem(), full) == nil && !allowed.MatchString(name) {
				t.Errorf("%s may be changed without notice", name)
			}
		}
		vector[i] = kept
	}
}

func TestShouldRefuseByName(t *testing.T) {
	random := rand.New(rand.NewPCG(51, 52))
	for _, c := range []struct {
		code   string
		change func(*Request)
	}{
		{"CLAIM_NOT_MET", func(r *Request) { r.Fund-- }},
		{"TABLE_ROOT_DIFFERS", func(r *Request) { r.Epoch.VaultTableRoot = publicinput.Signed(1) }},
		{"LEAF_NOT_IN_TREE", func(r *Request) { r.Accounts, r.Margins = r.Accounts[:3], r.Margins[:3] }},
		{"LEAF_NOT_IN_TREE", func(r *Request) { r.Accounts[0].Cash++ }},
		{"LEAF_NOT_IN_TREE", func(r *Request) { r.Margins[0].Maintenance++ }},
		{"WRONG_LENGTH", func(r *Request) { r.Margins = r.Margins[:3] }},
		{"IDS_NOT_INCREASING", func(r *Request) { r.Accounts[1].Number = 0 }},
		{"OUT_OF_RANGE", func(r *Request) { r.Margins[0].Initial = 1 << marginBits }},
		{"NO_PROOF_IN_THIS_SHAPE", func(r *Request) { r.Accounts[3].Number = 4 }},
		{"NO_PROOF_IN_THIS_SHAPE", func(r *Request) {
			for i := range r.Margins {
				r.Margins[i].Member = int64(i)
			}
		}},
	} {
		request := losing(t, random, small.Instruments)
		c.change(&request)
		if _, err := Assign(small, request); err == nil || refusal.Of(err).Code != c.code {
			t.Errorf("want %s, have %v", c.code, err)
		}
	}
}

// An entry of two sides has another leaf for short lots, so the head that the circuit opens has no place for its bit.
func TestShouldOpenNoTwoSidedEntry(t *testing.T) {
	for _, field := range publicinput.RowHead {
		if field.Name == "twoSided" && field.Offset != chargeOffset+chargeBits {
			t.Fatalf("charges must end at bit %d", field.Offset)
		}
		if field.Name == "spread" && field.Offset != chargeOffset {
			t.Fatalf("charges must begin at bit %d", field.Offset)
		}
	}
}

func TestShouldKeepItsSize(t *testing.T) {
	witnesstest.FullTier(t)
	house := Shape{Levels: 2, Positions: 16, Lines: 8, Instruments: 16, Assets: 8, Rows: 32, Members: 8, Depth: 10}
	sizes := map[string]int{}
	for _, shape := range []Shape{small, house, venues, overVenues(house)} {
		system, err := groth.Compile(shape)
		if err != nil {
			t.Fatal(err)
		}
		sizes[shape.String()] = system.GetNbConstraints()
	}
	witnesstest.Golden(t, *update, sizes)
}
