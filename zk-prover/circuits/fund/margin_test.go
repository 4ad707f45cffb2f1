package fund

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// What an epoch seals of margins and members is what a proof over it is about.
func TestShouldRejectOtherMarginsThanTheSealed(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	for name, change := range map[string]func(*Request){
		"an initial margin of 2⁵⁹":  func(r *Request) { r.Margins[1].Initial = 1 << 59 },
		"an initial margin of 0":    func(r *Request) { r.Margins[1].Initial, r.Margins[1].Buffer = 0, 0 },
		"a unit of maintenance":     func(r *Request) { r.Margins[1].Maintenance++ },
		"a unit of equity more":     func(r *Request) { r.Margins[1].Equity++ },
		"a unit of equity less":     func(r *Request) { r.Margins[1].Equity-- },
		"a unit of buffer":          func(r *Request) { r.Margins[1].Buffer++ },
		"members exchanged":         func(r *Request) { r.Margins[1].Member, r.Margins[3].Member = r.Margins[3].Member, r.Margins[1].Member },
		"the leaf of another place": func(r *Request) { r.Margins[1], r.Margins[3] = moved(r.Margins[3], 1), moved(r.Margins[1], 3) },
		"the salt of another epoch": func(r *Request) {
			r.Margins[1].Salt = publicinput.MarginSalt(r.Epoch.House, r.Epoch.Number+1, r.Accounts[1].Salt)
		},
	} {
		request := losing(t, random, small.Instruments)
		request.Margins[1].Initial += 8
		for i := range request.Margins {
			request.Margins[i].Salt = publicinput.MarginSalt(request.Epoch.House, request.Epoch.Number, request.Accounts[i].Salt)
		}
		request = sealed(random, request)
		changed := request
		changed.Margins = append([]publicinput.MarginLeaf{}, request.Margins...)
		change(&changed)
		changed.Fund *= 4
		if _, err := Assign(small, changed); err == nil || refusal.Of(err).Code != "LEAF_NOT_IN_TREE" || refusal.Of(err).Where != "request.epoch.marginRoot" {
			t.Errorf("%s must be refused; have %v", name, err)
		}
		assignment := assign(t, sealed(random, changed))
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
	}
}

func moved(margin publicinput.MarginLeaf, place int64) publicinput.MarginLeaf {
	margin.Number = place
	return margin
}

// An account stands in the margin tree where it stands in the account tree: under its own number and below all levels.
func TestShouldRejectAMarginTreeOfAnotherForm(t *testing.T) {
	random := rand.New(rand.NewPCG(43, 44))
	request := losing(t, random, small.Instruments)
	assignment := assign(t, request)
	leaves := map[int64]fr.Element{}
	for _, margin := range request.Margins {
		leaves[margin.Number] = margin.Hash()
	}
	assignment.Circuit.Epoch[publicinput.EpochMarginRoot] = root(small.Levels, leaves)
	reseal(assignment.Circuit)
	if accepts(assignment) {
		t.Error("the root of the first levels alone must be rejected")
	}
	other := assign(t, sealed(random, request))
	other.Circuit.Epoch[publicinput.EpochMarginRoot] = root(small.Depth, map[int64]fr.Element{})
	reseal(other.Circuit)
	if accepts(other) {
		t.Error("the root of no margins must be rejected")
	}
	request.Margins[1].Number = 3
	leaves[1] = request.Margins[1].Hash()
	request.Epoch.MarginRoot = root(small.Depth, leaves)
	if _, err := Assign(small, request); err == nil || refusal.Of(err).Where != "request.margins[1].number" {
		t.Errorf("a leaf of another account must be refused; have %v", err)
	}
}

// Whatever the sealed leaf says, an account is credited no more than it really has: an initial margin of 2⁵⁹ buys nothing.
func TestShouldCreditNoMoreThanIsThere(t *testing.T) {
	random := rand.New(rand.NewPCG(45, 46))
	for range 5 {
		request := losing(t, random, small.Instruments)
		for i := range request.Margins {
			request.Accounts[i].Cash = 0
			request.Accounts[i].Cash = 5_000 - worth(request.Vault, request.Accounts[i]) // less than 5,000 is left where that is an overdraft
			request.Margins[i].Initial, request.Margins[i].Equity = 1_000, 1_000
		}
		honest := need(sealed(random, request))
		for i := range request.Margins {
			request.Margins[i].Initial, request.Margins[i].Equity, request.Margins[i].Buffer = 1<<59, 1<<59, 1<<59
		}
		request = sealed(random, request)
		assignment := assign(t, request)
		if !accepts(assignment) || honest.Sub(honest, assignment.Need).Cmp(big.NewInt(2*2*5_000)) > 0 {
			t.Fatalf("margins of 2⁵⁹ lower the need by %v", honest)
		}
	}
}

// Account B of the hand case: a loss of 33,025 USD is 6,667.4475 beyond IM + Buffer where both are there, and an account in call, with less
// equity than they ask but no less than MM, pays what it has: 22,775 are left where that is MM. A loss less IM alone would be 20,212.50.
func TestShouldCreditAnAccountInCallItsEquity(t *testing.T) {
	random := rand.New(rand.NewPCG(47, 48))
	const initial, maintenance, buffer, loss = 128_125_000, 102_500_000, 135_450_525, 330_250_000
	vault := vaultOf(t, 0, small.Assets, []any{[]any{int64(0), "instrument", int64(0), int64(0), []any{}, int64(0), []any{int64(0), int64(-1), int64(0)}, []any{},
		[]any{int64(0)}, []any{[]any{int64(0), int64(0)}}, []any{}, int64(0), []any{int64(0), int64(0)}, []any{}, int64(1)}}, random, false)
	for _, c := range []struct{ equity, beyond int64 }{
		{1 << 40, 66_674_475}, {initial + buffer, 66_674_475}, {initial + buffer - 1, 66_674_476}, {200_000_000, 130_250_000}, {initial, 202_125_000},
		{maintenance, 227_750_000}, {0, loss}, {-50_000_000, loss},
	} {
		request := Request{Vault: vault}
		for place, member := range []int64{5, 6} {
			account := publicinput.AccountLeaf{Number: int64(place), Owner: randomElement(random), Salt: randomElement(random)}
			margin := publicinput.MarginLeaf{Number: int64(place), Member: member, Salt: randomElement(random)}
			if place == 1 {
				account.Cash, account.Positions = c.equity, []publicinput.Entry{{Key: 0, Lots: loss}}
				if c.equity < 0 {
					account.Cash = c.equity * 1_000_000 / (1_000_000 + vault.Parameters.CashResidual)
				}
				margin.Initial, margin.Maintenance, margin.Equity, margin.Buffer = initial, maintenance, c.equity, buffer
			}
			request.Accounts, request.Margins = append(request.Accounts, account), append(request.Margins, margin)
		}
		assignment := assign(t, sealed(random, request))
		if assignment.Need.Int64() != c.beyond || !accepts(assignment) {
			t.Errorf("with equity %d the need must be %d; have %v", c.equity, c.beyond, assignment.Need)
		}
	}
}
