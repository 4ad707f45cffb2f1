package contagion

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// What an epoch seals of margins and members is what a certificate over it is about.
func TestShouldRejectOtherMarginsThanTheSealed(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	for name, change := range map[string]func(*house, *Request){
		"an initial margin of 0":  func(h *house, r *Request) { h.margins[1].Initial = 0 },
		"a larger initial margin": func(h *house, r *Request) { h.margins[1].Initial++ },
		"a unit of buffer":        func(h *house, r *Request) { h.margins[1].Buffer++ },
		"members exchanged": func(h *house, r *Request) {
			h.margins[1].Member, h.margins[3].Member = h.margins[3].Member, h.margins[1].Member
		},
		"the salt of another epoch": func(h *house, r *Request) {
			h.margins[1].Salt = publicinput.MarginSalt(r.Epoch.House, r.Epoch.Number+1, h.accounts[1].Salt)
		},
	} {
		var request Request
		var assignment *Assignment
		for assignment == nil {
			h := falling(t, random)
			request = h.request(t)
			change(h, &request)
			assignment, _ = Assign(small, h.request(t)) // what is changed may need more room than there is
		}
		if !accepts(assignment) {
			t.Fatalf("%s: the house by itself must be accepted", name)
		}
		for i, element := range request.Epoch.Elements() {
			assignment.Circuit.Epoch[i] = element
		}
		assignment.Circuit.Seal = request.Epoch.Digest()
		if accepts(assignment) {
			t.Errorf("%s must be rejected under the other seal", name)
		}
		request.Margins = assignmentMargins(request, assignment)
		if _, err := Assign(small, request); err == nil || refusal.Of(err).Code != "LEAF_NOT_IN_TREE" {
			t.Errorf("%s must be refused; have %v", name, err)
		}
	}
}

// A leaf whose equity or maintenance margin is not that of its lots and its initial margin has no certificate, even where the epoch seals it.
func TestShouldRejectAMarginLeafThatContradictsItself(t *testing.T) {
	random := rand.New(rand.NewPCG(45, 46))
	for name, change := range map[string]func(*publicinput.MarginLeaf){
		"an initial margin of 2⁵⁹":            func(m *publicinput.MarginLeaf) { m.Initial = 1 << 59 },
		"an initial margin of 0":              func(m *publicinput.MarginLeaf) { m.Initial = 0 },
		"a unit of equity more":               func(m *publicinput.MarginLeaf) { m.Equity++ },
		"a unit of equity less":               func(m *publicinput.MarginLeaf) { m.Equity-- },
		"a unit of maintenance margin less":   func(m *publicinput.MarginLeaf) { m.Maintenance-- },
		"a leaf that is another account's":    func(m *publicinput.MarginLeaf) { m.Number = 3 },
		"a leaf of zeros of one that trades":  func(m *publicinput.MarginLeaf) { m.Initial, m.Maintenance, m.Equity, m.Buffer = 0, 0, 0, 0 },
		"the same, with a unit of its margin": func(m *publicinput.MarginLeaf) { m.Initial, m.Maintenance, m.Equity, m.Buffer = 1, 1, 0, 0 },
	} {
		h := falling(t, random)
		request := h.request(t)
		change(&request.Margins[1])
		request = h.sealed(request)
		if _, err := Assign(small, request); err == nil {
			t.Errorf("%s must be refused", name)
		}
		assignment := assign(t, h.request(t))
		for i, element := range request.Epoch.Elements() {
			assignment.Circuit.Epoch[i] = element
		}
		assignment.Circuit.Seal = request.Epoch.Digest()
		if accepts(assignment) {
			t.Errorf("%s must be rejected", name)
		}
	}
}

// assignmentMargins are the margins of a witness, for the request that it was not made of.
func assignmentMargins(request Request, assignment *Assignment) (margins []publicinput.MarginLeaf) {
	number := func(v frontend.Variable) int64 {
		element := value(v)
		return element.BigInt(new(big.Int)).Int64()
	}
	for i, margin := range request.Margins {
		account := assignment.Circuit.Accounts[i]
		margin.Member, margin.Initial, margin.Maintenance = number(account.Member), number(account.Margin), number(account.Maintenance)
		margin.Buffer, margin.Salt = number(account.Buffer), value(account.MarginSalt)
		margins = append(margins, margin)
	}
	return margins
}

// The root of the first levels alone is no margin tree.
func TestShouldRejectAMarginTreeOfAnotherForm(t *testing.T) {
	request := falling(t, rand.New(rand.NewPCG(49, 50))).request(t)
	assignment, leaves := assign(t, request), map[int64]fr.Element{}
	for _, margin := range request.Margins {
		leaves[margin.Number] = margin.Hash()
	}
	assignment.Circuit.Epoch[publicinput.EpochMarginRoot] = root(small.Levels, leaves)
	reseal(assignment.Circuit)
	if accepts(assignment) {
		t.Error("the root of the first levels alone must be rejected")
	}
}

// A smaller share of the initial margin as maintenance margin, or a smaller residual of an overdraft, lets accounts stand longer: both are those of
// the sealed table, whatever the leaves of the margin tree say.
func TestShouldRejectMarginAndEquityOfOtherParameters(t *testing.T) {
	random := rand.New(rand.NewPCG(53, 54))
	ceil := func(amount, ppm int64) int64 { return (amount*ppm + risktable.Million - 1) / risktable.Million }
	for name, change := range map[string]func(*risktable.Parameters){
		"half the share of maintenance": func(p *risktable.Parameters) { p.Phi /= 2 },
		"no residual of an overdraft":   func(p *risktable.Parameters) { p.CashResidual = 0 },
	} {
		h := falling(t, random)
		for !slices.ContainsFunc(h.accounts, func(account publicinput.AccountLeaf) bool { return account.Cash < 0 }) {
			h = falling(t, random)
		}
		request := h.request(t)
		honest := assign(t, request)
		terms, table := *request.Terms, *request.Terms.Table
		sealed := table.Parameters
		change(&table.Parameters)
		terms.Table, request.Terms = &table, &terms
		request.Margins = append([]publicinput.MarginLeaf{}, request.Margins...)
		leaves := map[int64]fr.Element{}
		for i := range request.Margins {
			margin, owed := &request.Margins[i], max(0, -request.Accounts[i].Cash)
			margin.Maintenance = ceil(margin.Initial, table.Parameters.Phi)
			margin.Equity += ceil(owed, risktable.Million+sealed.CashResidual) - ceil(owed, risktable.Million+table.Parameters.CashResidual)
			leaves[margin.Number] = margin.Hash()
		}
		request.Epoch.MarginRoot = root(small.Depth, leaves)
		forged, err := fill(small, request)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		forged.Circuit.MaintenanceShare, forged.Circuit.CashFactor = honest.Circuit.MaintenanceShare, honest.Circuit.CashFactor
		forged.Circuit.Terms = honest.Circuit.Terms
		fit(forged.Circuit)
		if accepts(forged) {
			t.Errorf("%s must be rejected, though sealed so", name)
		}
	}
}
